package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a replica in the consensus: elections, replication, commit by majority. Plain Raft without leases: an old
 * leader that is cut off goes on accepting, but never commits.
 */
final class Raft {
    private static final long BEAT = 200 * Schedule.MILLI;
    private static final long SHORTEST_ELECTION = 600 * Schedule.MILLI;
    private static final long LONGEST_ELECTION = 1_200 * Schedule.MILLI;
    private static final int ENTRIES_A_MESSAGE = 20;

    private final Replica self;
    private final Journal journal;
    private final Network network;
    private final List<Replica> all;
    private final long[] next;
    private final long[] match;
    private Role role = Role.FOLLOWER;
    private int votes;
    private @Nullable Replica leader;
    private boolean leads;
    private long commit;
    private long applied;
    private long electionAt;

    private enum Role {
        FOLLOWER,
        CANDIDATE,
        LEADER
    }

    Raft(Replica self, Journal journal, Network network, List<Replica> all) {
        this.self = self;
        this.journal = journal;
        this.network = network;
        this.all = all;
        this.next = new long[all.size()];
        this.match = new long[all.size()];
        this.commit = journal.snapshot().index();
        this.applied = commit;
        postponeElection();
        watch();
    }

    /** The one that leads, as far as is known here. */
    @Nullable
    Replica leader() {
        return leader;
    }

    /** Whether this one leads and has applied everything that was committed before its term. */
    boolean leads() {
        return leads;
    }

    long applied() {
        return applied;
    }

    /** Appends a batch; only the leader. */
    Entry append(Batch batch) {
        Entry entry = new Entry(
                journal.lastIndex() + 1, journal.term(), batch, self.schedule().now());
        journal.append(entry);
        replicate();
        return entry;
    }

    private void postponeElection() {
        electionAt = self.schedule().now() + self.schedule().between(SHORTEST_ELECTION, LONGEST_ELECTION);
    }

    private void watch() {
        self.after(electionAt - self.schedule().now(), () -> {
            if (role == Role.LEADER) {
                postponeElection();
            } else if (self.schedule().now() >= electionAt) {
                stand();
            }
            watch();
        });
    }

    private void stand() {
        postponeElection();
        role = Role.CANDIDATE;
        leader = null;
        votes = 1;
        journal.vote(journal.term() + 1, self.number());
        self.schedule().note(self, "stands for term " + journal.term());
        others(new Message.Vote(journal.term(), journal.lastIndex(), journal.lastTerm()));
    }

    private void others(Message message) {
        for (Replica other : all) {
            if (other != self) {
                network.send(self, other, message);
            }
        }
    }

    void receive(Replica from, Message.OfRaft message) {
        if (message.term() > journal.term()) {
            journal.vote(message.term(), -1);
            follow(null);
        }
        switch (message) {
            case Message.Vote vote -> vote(from, vote);
            case Message.Voted voted -> voted(voted);
            case Message.Append append -> append(from, append);
            case Message.Appended appended -> appended(from, appended);
            case Message.Install install -> install(from, install);
        }
    }

    private void follow(@Nullable Replica newLeader) {
        boolean led = role == Role.LEADER;
        role = Role.FOLLOWER;
        leader = newLeader;
        if (led) {
            leads = false;
            self.follows();
        }
    }

    private void vote(Replica from, Message.Vote vote) {
        boolean current = vote.lastTerm() > journal.lastTerm()
                || (vote.lastTerm() == journal.lastTerm() && vote.lastIndex() >= journal.lastIndex());
        boolean free = journal.votedFor() == -1 || journal.votedFor() == from.number();
        boolean granted = vote.term() == journal.term() && current && free;
        if (granted) {
            journal.vote(vote.term(), from.number());
            postponeElection();
        }
        network.send(self, from, new Message.Voted(journal.term(), granted));
    }

    private void voted(Message.Voted voted) {
        if (role != Role.CANDIDATE || voted.term() != journal.term() || !voted.granted()) {
            return;
        }
        votes++;
        if (votes * 2 > all.size()) {
            win();
        }
    }

    private void win() {
        self.schedule().note(self, "leads term " + journal.term());
        role = Role.LEADER;
        leader = self;
        for (int i = 0; i < next.length; i++) {
            next[i] = journal.lastIndex() + 1;
            match[i] = 0;
        }
        journal.append(new Entry(
                journal.lastIndex() + 1, journal.term(), null, self.schedule().now()));
        beat(journal.term());
    }

    private void beat(long term) {
        if (role == Role.LEADER && journal.term() == term) {
            replicate();
            self.after(BEAT, () -> beat(term));
        }
    }

    private void replicate() {
        for (Replica other : all) {
            if (other != self) {
                replicate(other);
            }
        }
    }

    private void replicate(Replica other) {
        int i = other.number();
        long after = next[i] - 1;
        if (!journal.knows(after)) {
            network.send(self, other, new Message.Install(journal.term(), journal.snapshot()));
            return;
        }
        List<Entry> entries = journal.from(next[i], ENTRIES_A_MESSAGE);
        network.send(self, other, new Message.Append(journal.term(), after, journal.termAt(after), entries, commit));
        // Optimistic: the next message carries what comes after; a refusal puts it back.
        next[i] += entries.size();
    }

    private void append(Replica from, Message.Append append) {
        if (append.term() < journal.term()) {
            network.send(self, from, new Message.Appended(journal.term(), false, 0));
            return;
        }
        follow(from);
        postponeElection();
        long prev = append.prevIndex();
        if (prev > journal.lastIndex()
                || (prev >= applied && journal.knows(prev) && journal.termAt(prev) != append.prevTerm())) {
            long hint = Math.max(applied, Math.min(prev - 1, journal.lastIndex()));
            network.send(self, from, new Message.Appended(journal.term(), false, hint));
            return;
        }
        for (Entry entry : append.entries()) {
            accept(entry);
        }
        long matched = prev + append.entries().size();
        commitTo(Math.min(append.commit(), matched));
        network.send(self, from, new Message.Appended(journal.term(), true, matched));
    }

    private void accept(Entry entry) {
        if (entry.index() <= applied) {
            return;
        }
        if (entry.index() <= journal.lastIndex()) {
            if (journal.termAt(entry.index()) == entry.term()) {
                return;
            }
            journal.truncateFrom(entry.index());
        }
        journal.append(entry);
    }

    private void appended(Replica from, Message.Appended appended) {
        if (role != Role.LEADER || appended.term() != journal.term()) {
            return;
        }
        int i = from.number();
        if (!appended.ok()) {
            next[i] = Math.max(match[i] + 1, Math.min(next[i], appended.index() + 1));
            replicate(from);
            return;
        }
        match[i] = Math.max(match[i], appended.index());
        next[i] = Math.max(next[i], match[i] + 1);
        for (long index = journal.lastIndex(); index > commit && journal.termAt(index) == journal.term(); index--) {
            if (matches(index) * 2 > all.size()) {
                commitTo(index);
                return;
            }
        }
    }

    private int matches(long index) {
        int count = 1;
        for (Replica other : all) {
            if (other != self && match[other.number()] >= index) {
                count++;
            }
        }
        return count;
    }

    private void install(Replica from, Message.Install install) {
        if (install.term() < journal.term()) {
            network.send(self, from, new Message.Appended(journal.term(), false, 0));
            return;
        }
        follow(from);
        postponeElection();
        if (install.snapshot().index() > applied) {
            journal.install(install.snapshot());
            applied = install.snapshot().index();
            commit = Math.max(commit, applied);
            self.load(install.snapshot());
        }
        network.send(
                self,
                from,
                new Message.Appended(journal.term(), true, install.snapshot().index()));
    }

    private void commitTo(long index) {
        commit = Math.max(commit, index);
        while (applied < commit) {
            applied++;
            Entry entry = journal.entry(applied);
            self.apply(entry);
            if (role == Role.LEADER && !leads && entry.term() == journal.term()) {
                leads = true;
                self.leads(journal.term());
            }
        }
    }
}
