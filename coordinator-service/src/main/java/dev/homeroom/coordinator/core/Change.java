package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/** What happened, for the world; wall times are milliseconds since 1970. */
public sealed interface Change {
    /** When, for display. */
    long wall();

    /**
     * A session was registered or ended.
     *
     * @param reason null when it was registered; else {@link EndReason#SESSION_FAILED}, {@link EndReason#RELEASED} or
     *     {@link EndReason#SUPERSEDED}
     */
    record OfSession(
            String session,
            long incarnation,
            Profile profile,
            @Nullable EndReason reason,
            long wall) implements Change {}

    /**
     * A grant began or ended.
     *
     * @param reason null when it was granted; else why it ended
     * @param deadlineWall until when it was granted
     * @param by who made it so, when it was not the session itself: a subject, or the session that stole it; may be empty
     * @param why the reason that was given, for people; may be empty
     */
    record OfGrant(
            Kind kind,
            String name,
            String session,
            long incarnation,
            String holder,
            long token,
            @Nullable EndReason reason,
            long deadlineWall,
            long wall,
            String by,
            String why)
            implements Change {
        /** By the session itself. */
        public OfGrant(
                Kind kind,
                String name,
                String session,
                long incarnation,
                String holder,
                long token,
                @Nullable EndReason reason,
                long deadlineWall,
                long wall) {
            this(kind, name, session, incarnation, holder, token, reason, deadlineWall, wall, "", "");
        }
    }
}
