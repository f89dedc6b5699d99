package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a session, the latest of its id. Times are milliseconds of the replicated clock.
 *
 * @param former instances of earlier incarnations, latest last, at most {@link Bounds#FORMER_INSTANCES}
 * @param lease how long a heartbeat keeps it alive
 * @param heartbeat how often it means to heartbeat
 * @param registeredWall milliseconds since 1970, for display
 * @param grants how many grants it holds
 * @param tasks how many of them are task claims
 * @param ended why it ended, null while it lives
 * @param endedAt when, 0 while it lives
 * @param tally what it has done so far
 * @param assigned tasks pushed to it that it has not shown to have heard of, oldest first
 */
public record Session(
        String id,
        long incarnation,
        String instance,
        List<String> former,
        Profile profile,
        long lease,
        long heartbeat,
        long registeredAt,
        long registeredWall,
        Life life,
        Ledger ledger,
        List<Notice> notices,
        int grants,
        int tasks,
        @Nullable EndReason ended,
        long endedAt,
        Tally tally,
        List<Answer.Assignment> assigned) {
    /** Copies the list. */
    public Session {
        assigned = List.copyOf(assigned);
    }

    /** Whether it has neither failed nor been released. */
    public boolean live() {
        return ended == null;
    }

    Session with(Life newLife) {
        return with(newLife, ledger, notices, grants, tasks);
    }

    Session with(Ledger newLedger) {
        return with(life, newLedger, notices, grants, tasks);
    }

    Session with(List<Notice> newNotices) {
        return with(life, ledger, newNotices, grants, tasks);
    }

    Session holding(Life newLife, int moreGrants, int moreTasks) {
        return with(newLife, ledger, notices, grants + moreGrants, tasks + moreTasks);
    }

    Session with(Life newLife, Ledger newLedger, List<Notice> newNotices) {
        return with(newLife, newLedger, newNotices, grants, tasks);
    }

    private Session with(Life newLife, Ledger newLedger, List<Notice> newNotices, int newGrants, int newTasks) {
        return with(newLife, newLedger, newNotices, newGrants, newTasks, tally, assigned);
    }

    private Session with(
            Life newLife,
            Ledger newLedger,
            List<Notice> newNotices,
            int newGrants,
            int newTasks,
            Tally newTally,
            List<Answer.Assignment> newAssigned) {
        return new Session(
                id,
                incarnation,
                instance,
                former,
                profile,
                lease,
                heartbeat,
                registeredAt,
                registeredWall,
                newLife,
                newLedger,
                newNotices,
                newGrants,
                newTasks,
                ended,
                endedAt,
                newTally,
                newAssigned);
    }

    Session with(Tally newTally) {
        return with(life, ledger, notices, grants, tasks, newTally, assigned);
    }

    /** Told of one more task until it shows that it has heard of it. */
    Session assigned(Answer.Assignment assignment) {
        List<Answer.Assignment> all = new ArrayList<>(assigned);
        all.add(assignment);
        return with(life, ledger, notices, grants, tasks, tally, all);
    }

    /** The task with that token needs no telling any more. */
    Session told(long token) {
        return assigned.stream().noneMatch(one -> one.token() == token)
                ? this
                : with(
                        life,
                        ledger,
                        notices,
                        grants,
                        tasks,
                        tally,
                        assigned.stream().filter(one -> one.token() != token).toList());
    }

    /** Its answers and notices are of no use any more. */
    Session ended(EndReason reason, long now) {
        return new Session(
                id,
                incarnation,
                instance,
                former,
                profile,
                lease,
                heartbeat,
                registeredAt,
                registeredWall,
                life,
                Ledger.EMPTY,
                List.of(),
                grants,
                tasks,
                reason,
                now,
                tally,
                List.of());
    }

    /** What the next incarnation remembers as former instances. */
    List<String> formerAndThis() {
        List<String> all = new ArrayList<>(former);
        all.add(instance);
        int surplus = all.size() - Bounds.FORMER_INSTANCES;
        return List.copyOf(surplus > 0 ? all.subList(surplus, all.size()) : all);
    }

    /** Adds a notice, dropping the oldest over the bound. */
    Session told(Notice notice) {
        List<Notice> all = new ArrayList<>(notices);
        all.add(notice);
        int surplus = all.size() - Bounds.REVOCATIONS;
        return with(List.copyOf(surplus > 0 ? all.subList(surplus, all.size()) : all));
    }

    /** The notices that are neither seen nor too old. */
    List<Notice> unseen(List<Long> seen, long now) {
        if (notices.isEmpty()) {
            return notices;
        }
        Set<Long> tokens = new TreeSet<>(seen);
        return notices.stream()
                .filter(notice -> !tokens.contains(notice.revocation().token())
                        && now - notice.at() < Bounds.REVOCATION_KEPT_MILLIS)
                .toList();
    }
}
