package dev.homeroom.contracts.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session was registered, or ended. A session that registers again under the same id has a new incarnation; its old
 * incarnation ends with {@code superseded}.
 *
 * @param session the session's id
 * @param incarnation which run of it, 1 for the first
 * @param status {@code active}, {@code failed} (its lease expired) or {@code released}
 * @param reason why it changed: {@code registered}, {@code lease-expired}, {@code released}, {@code superseded}
 * @param name what people call it
 * @param host the machine it runs on
 * @param tty its terminal
 * @param codebase where it works
 * @param lesson the lesson it works on
 * @param at when, for display
 */
public record SessionChange(
        String session,
        long incarnation,
        String status,
        String reason,
        @Nullable String name,
        @Nullable String host,
        @Nullable String tty,
        @Nullable Codebase codebase,
        @Nullable String lesson,
        Instant at) {}
