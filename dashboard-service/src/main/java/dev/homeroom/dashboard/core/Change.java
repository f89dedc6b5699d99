package dev.homeroom.dashboard.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert; it gets its number in the classroom when it is stored.
 *
 * @param kind what happened
 * @param alert the alert after it
 * @param by the subject of the teacher who did it; null when the system did
 * @param reason one of {@link Reason}, or a teacher's words; null when there is none to give
 * @param at when the edge received what caused it, or when the teacher did it
 */
public record Change(
        ChangeKind kind,
        AlertState alert,
        @Nullable String by,
        @Nullable String reason,
        Instant at) {}
