package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Codebase;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Rejection.Reason;
import dev.homeroom.coordinator.core.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A process with a session, as a good client behaves: heartbeats, numbers its requests, sends them again elsewhere when
 * no answer comes, and stops using what it holds at the earlier of grant and lease deadline, counted from when it sent.
 */
final class Client extends Party {
    /** What a holder takes off a duration, so that it stops before the leader's clock, drifting the other way, is there. */
    private static final double MARGIN = 4 * Clock.DRIFT;

    private final String session;
    private final List<Replica> replicas;
    private final Network network;
    private final Witness witness;
    private final Habits habits;
    private final BooleanSupplier closing;
    private final Map<Long, Sent> sent = new HashMap<>();
    private final Set<Op> open = new LinkedHashSet<>();
    private final TreeSet<Long> openSeqs = new TreeSet<>();
    private final TreeMap<Long, Holding> holdings = new TreeMap<>();
    private final List<Long> seen = new ArrayList<>();
    /** Tokens it gave back or was told to have lost: a late answer must not bring them back. */
    private final Set<Long> gone = new HashSet<>();

    private final long leaseMillis;
    private long numbers;
    private long instances;
    private long incarnation;
    private long nextSeq;
    private long leaseDeadline;
    private long silentUntil;
    private int target;
    private boolean registered;

    private record Sent(Op op, int submission, Command command, long at, long trueAt) {}

    Client(int number, String session, Simulation simulation) {
        super("client " + number + " (" + session + ")", simulation.schedule());
        this.session = session;
        this.replicas = simulation.replicas();
        this.network = simulation.network();
        this.witness = simulation.witness();
        this.closing = simulation::closing;
        this.leaseMillis = 1_000L * (1 + schedule().chance(3));
        this.habits = new Habits(this, simulation);
        begin();
    }

    String session() {
        return session;
    }

    long incarnation() {
        return incarnation;
    }

    boolean registered() {
        return registered;
    }

    long leaseNanos() {
        return leaseMillis * Schedule.MILLI;
    }

    int openOps() {
        return open.size();
    }

    Map<Long, Holding> holdings() {
        return holdings;
    }

    @Override
    void started() {
        begin();
    }

    /** As a new instance, which knows nothing of what was before. */
    private void begin() {
        forget();
        target = schedule().chance(replicas.size());
        register(this + "-" + ++instances);
        habits.begin();
    }

    private void forget() {
        registered = false;
        open.forEach(Op::end);
        open.clear();
        openSeqs.clear();
        sent.clear();
        holdings.clear();
        seen.clear();
        gone.clear();
        nextSeq = 1;
        leaseDeadline = Long.MIN_VALUE;
    }

    private void register(String instance) {
        Profile profile = new Profile("", "host", "", 1, Codebase.NONE, "", List.of(), 3);
        Command command = new Command.Register(session, instance, profile, leaseMillis, 0);
        submit(new Op(0, unused -> command, (unused, answer, sentAt) -> {
            if (answer instanceof Answer.OneSession one) {
                registered = true;
                incarnation = one.session().incarnation();
                keepLease(one.session().leaseRemainingMillis(), sentAt);
                heartbeat();
            } else {
                lost(Reason.STALE_INCARNATION);
            }
        }));
    }

    private void keepLease(long remainingMillis, long sentAt) {
        leaseDeadline = Math.max(leaseDeadline, sentAt + shorter(remainingMillis));
    }

    private static long shorter(long millis) {
        return (long) (millis * Schedule.MILLI * (1 - MARGIN));
    }

    private void heartbeat() {
        long mine = incarnation;
        after(leaseNanos() / 3, () -> {
            if (registered && incarnation == mine && schedule().now() < silentUntil) {
                heartbeat();
            } else if (registered && incarnation == mine) {
                List<Long> noted = List.copyOf(seen);
                submit(new Op(0, unused -> beat(noted), (unused, answer, sentAt) -> {
                    if (answer instanceof Answer.Beat beat) {
                        seen.removeAll(noted);
                        keepLease(beat.leaseRemainingMillis(), sentAt);
                        beat.revoked().forEach(revocation -> {
                            giveUp(revocation.token());
                            seen.add(revocation.token());
                        });
                    }
                }));
                heartbeat();
            }
        });
    }

    private Command beat(List<Long> noted) {
        long unanswered = openSeqs.isEmpty() ? nextSeq : openSeqs.first();
        return new Command.Heartbeat(session, incarnation, unanswered, 0, noted);
    }

    /** Begins a numbered request. */
    void ask(BiFunction<Request, Integer, Command> command, Op.Done done) {
        long seq = nextSeq++;
        openSeqs.add(seq);
        submit(new Op(seq, n -> command.apply(new Request(seq, Math.min(seq, openSeqs.first())), n), done));
    }

    /** Begins a request that may be executed twice. */
    void ask(IntFunction<Command> command, Op.Done done) {
        submit(new Op(0, command, done));
    }

    private void submit(Op op) {
        open.add(op);
        send(op);
    }

    private void send(Op op) {
        if (op.over()) {
            return;
        }
        Command command = op.submission();
        Replica to = replicas.get(target);
        long number = ++numbers;
        int submission = op.submissions();
        sent.put(
                number,
                new Sent(op, submission, command, clock().nanoTime(), schedule().now()));
        schedule().note(this, new Note.Asks(to, command));
        network.send(this, to, new Message.Ask(number, this, command, null));
        after(schedule().between(300 * Schedule.MILLI, 700 * Schedule.MILLI), () -> {
            if (!op.waits()) {
                again(op, submission);
            }
        });
    }

    /** Sends it elsewhere, unless that has happened since. */
    private void again(Op op, int submission) {
        if (!op.over() && op.submissions() == submission) {
            target = (target + 1) % replicas.size();
            send(op);
        }
    }

    @Override
    void receive(Party from, Message message) {
        if (!(message instanceof Message.Told(Message.Ask ask, Answer answer))) {
            throw new IllegalArgumentException("not for a client: " + message);
        }
        Sent to = sent.get(ask.number());
        if (to == null) {
            return;
        }
        if (answer != null) {
            witness.answered(this, to.command(), answer, to.trueAt());
        }
        if (to.op().over()) {
            return;
        }
        switch (answer) {
            case null -> againIn(to, 10 * Schedule.MILLI, 150 * Schedule.MILLI);
            case Answer.Waiting waiting -> waits(to, waiting);
            case Answer.Rejected rejected
            when lostBy(rejected.rejection().reason()) ->
                lost(rejected.rejection().reason());
            default -> {
                end(to.op());
                to.op().answered(to.command(), answer, to.at());
            }
        }
    }

    private void againIn(Sent sent, long shortest, long longest) {
        after(schedule().between(shortest, longest), () -> again(sent.op(), sent.submission()));
    }

    private void end(Op op) {
        op.end();
        open.remove(op);
        openSeqs.remove(op.seq());
    }

    /** The answer may take long: it asks again less often, or goes away. */
    private void waits(Sent sent, Answer.Waiting waiting) {
        sent.op().attach(sent.submission());
        if (schedule().oneIn(8)) {
            after(schedule().between(Schedule.MILLI, 2 * Schedule.SECOND), () -> cancel(sent, waiting.ticket()));
        }
        againIn(sent, Schedule.SECOND, 3 * Schedule.SECOND);
    }

    /** As its replica does when the connection is gone; but that may be an older one. */
    private void cancel(Sent sent, long ticket) {
        if (!sent.op().over()) {
            if (sent.submission() == sent.op().submissions()) {
                end(sent.op());
            }
            Command cancel = new Command.CancelWait(session, incarnation, ticket, attachment(sent.command()));
            submit(new Op(0, unused -> cancel, (unused, answer, sentAt) -> {}));
        }
    }

    private static String attachment(Command command) {
        return switch (command) {
            case Command.Acquire acquire -> acquire.terms().attachment();
            case Command.AcquireAll acquire -> acquire.terms().attachment();
            default -> "";
        };
    }

    private static boolean lostBy(Reason reason) {
        return reason == Reason.SESSION_ENDED || reason == Reason.STALE_INCARNATION || reason == Reason.UNKNOWN_SESSION;
    }

    /** The session is over, or somebody else's: begin anew, later when somebody else wants it. */
    private void lost(Reason reason) {
        forget();
        if (closing.getAsBoolean()) {
            return;
        }
        long pause = reason == Reason.STALE_INCARNATION
                ? schedule().between(Schedule.SECOND, 4 * Schedule.SECOND)
                : schedule().between(Schedule.MILLI, 300 * Schedule.MILLI);
        String instance = this + "-" + ++instances;
        after(pause, () -> {
            if (!registered && open.isEmpty() && !closing.getAsBoolean()) {
                register(instance);
            }
        });
    }

    /** Sends no heartbeats for a while, though it goes on: the thread that sends them hangs. */
    void hush(long nanos) {
        silentUntil = schedule().now() + nanos;
    }

    /** Unregisters, and comes back as a new instance. */
    void leave() {
        Command release = new Command.ReleaseSession(session, incarnation);
        forget();
        submit(new Op(0, unused -> release, (unused, answer, sentAt) -> lost(Reason.SESSION_ENDED)));
    }

    /** Never to be used again. */
    void giveUp(long token) {
        holdings.remove(token);
        gone.add(token);
    }

    void hold(GrantView grant, long sentAt) {
        if (gone.contains(grant.token())) {
            return;
        }
        Holding present = holdings.get(grant.token());
        long deadline = sentAt + shorter(grant.remainingMillis());
        Holding holding = new Holding(
                grant.kind(),
                grant.name(),
                grant.holder().holder(),
                grant.token(),
                present == null ? deadline : Math.max(present.deadline(), deadline));
        holdings.put(grant.token(), holding);
        if (believes(holding)) {
            witness.uses(this, holding);
        }
    }

    /** Whether it may use what it holds, by its own clock. */
    boolean believes(Holding holding) {
        return clock().nanoTime() < Math.min(holding.deadline(), leaseDeadline);
    }

    /** Uses all it believes in; forgets the rest. */
    void work(FencedStore store) {
        holdings.values().removeIf(holding -> !believes(holding));
        for (Holding holding : holdings.values()) {
            witness.uses(this, holding);
            String owner = session + "/" + incarnation + "/" + holding.holder();
            network.send(this, store, new Message.Write(holding.kind() + " " + holding.name(), holding.token(), owner));
        }
    }

    @Nullable
    Holding any() {
        if (holdings.isEmpty()) {
            return null;
        }
        int skip = schedule().chance(holdings.size());
        return Objects.requireNonNull(
                holdings.values().stream().skip(skip).findFirst().orElse(null));
    }
}
