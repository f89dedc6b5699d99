package dev.homeroom.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a resource, as everybody may see it.
 *
 * @param holder whoever holds it inside the session
 * @param heartbeatAgeSeconds since the session's last sign of life
 * @param heartbeatAge the same for people: "30s ago"
 */
public record Holder(
        String session,
        long incarnation,
        @Nullable String holder,
        @Nullable String host,
        @Nullable String tty,
        @Nullable Codebase codebase,
        long heartbeatAgeSeconds,
        @Nullable String heartbeatAge,
        @Nullable Instant since,
        @Nullable Instant deadline) {}
