package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is ready, in the order in which it would be taken, and who holds what (R-Q8).
 *
 * @param at the database's time
 * @param coordinator whether the coordinator answered; else ages of heartbeats and states of limits are not known
 * @param items what would be taken, the first one first
 * @param blocked what is ready but for a permit, in the order in which it would be taken with one
 * @param held who holds what, held longest first
 * @param session about the session that was asked for
 */
public record Next(
        Instant at,
        boolean coordinator,
        List<Ranked> items,
        List<Ranked> blocked,
        List<Holding> held,
        @Nullable ForSession session) {
    /**
     * A task that is ready.
     *
     * @param position 1 for the first
     * @param task its priority is the level: what waiting has added is in it
     * @param age since it was due
     * @param blockedBy the keys of its limits that have no free permit
     */
    public record Ranked(int position, Candidate task, Duration age, List<String> blockedBy) {}

    /**
     * A task that somebody holds.
     *
     * @param row the claim
     * @param holder who; without the age of the heartbeat when the coordinator does not tell it
     * @param held for how long
     */
    public record Holding(
            HeldRow row, Holder holder, @Nullable Duration held) {}

    /**
     * What a session would get.
     *
     * @param session the session
     * @param mayClaim whether it would get anything now; null when the coordinator does not answer
     * @param detail why, for people
     * @param first the task it would get, of those that are shown
     */
    public record ForSession(
            String session,
            @Nullable Boolean mayClaim,
            String detail,
            @Nullable UUID first) {
        /** For what the coordinator knows of the session and what it could take. */
        public static ForSession of(String id, @Nullable AgentSession session, List<Ranked> items) {
            if (session == null) {
                return new ForSession(id, false, "The coordinator knows no such session.", null);
            }
            if (!session.live()) {
                return new ForSession(id, false, "It is " + session.status() + ": register it anew.", null);
            }
            if (session.full()) {
                String detail = "It holds " + session.tasks() + " of at most " + session.most() + " tasks.";
                return new ForSession(id, false, detail, null);
            }
            if (items.isEmpty()) {
                return new ForSession(id, false, "Nothing is ready that it can do.", null);
            }
            var first = items.getFirst().task();
            long peers = items.stream()
                    .filter(one -> one.task().priority() == first.priority())
                    .count();
            return new ForSession(
                    id,
                    true,
                    peers == 1
                            ? "It would get this one."
                            : "It would get this one, or another of the first " + peers
                                    + " of the same level that fits it better: the coordinator chooses.",
                    first.task());
        }

        /** When the coordinator does not answer. */
        public static ForSession unknown(String id) {
            return new ForSession(id, null, "The coordinator does not answer; nobody can claim now.", null);
        }
    }
}
