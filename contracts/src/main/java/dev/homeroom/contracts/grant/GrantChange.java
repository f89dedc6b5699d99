package dev.homeroom.contracts.grant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant began or ended: a holder's right to a resource until its deadline, carrying a fencing token.
 *
 * @param kind {@code lock}, {@code claim} or {@code limit}
 * @param name the name of the resource; the claim of task T is named {@code task/T}
 * @param session the session of the owner
 * @param incarnation the incarnation of the owner
 * @param holder the owner's label, by default the name of the resource
 * @param token the fencing token: strictly increasing over all grants, never reused
 * @param change {@code granted} or {@code ended}
 * @param reason {@code granted}; or why it ended: {@code released}, {@code expired}, {@code session-failed},
 *     {@code session-released}, {@code superseded}, {@code unconfirmed} (given to a session that never showed it knew),
 *     {@code stolen}, {@code forced}, {@code cancelled} (its task was called off by somebody else)
 * @param deadline until when it was granted, for display
 * @param at when, for display
 * @param by who made it so, when it was not the session itself
 * @param why the reason that was given, for people
 */
public record GrantChange(
        String kind,
        String name,
        String session,
        long incarnation,
        String holder,
        long token,
        String change,
        String reason,
        @Nullable Instant deadline,
        Instant at,
        @Nullable String by,
        @Nullable String why) {
    /** By the session itself. */
    public GrantChange(
            String kind,
            String name,
            String session,
            long incarnation,
            String holder,
            long token,
            String change,
            String reason,
            @Nullable Instant deadline,
            Instant at) {
        this(kind, name, session, incarnation, holder, token, change, reason, deadline, at, null, null);
    }
}
