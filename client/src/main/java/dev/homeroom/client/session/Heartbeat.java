package dev.homeroom.client.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life.
 *
 * @param unanswered the lowest seq still open here
 * @param activity when the session last made progress; null: nothing new
 * @param usage running totals by name; empty: nothing new
 * @param seen tokens of revocations that were taken note of
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Heartbeat(
        long incarnation, long unanswered, @Nullable Instant activity, Map<String, Double> usage, List<Long> seen) {
    /** Copies map and list. */
    public Heartbeat {
        usage = Map.copyOf(usage);
        seen = List.copyOf(seen);
    }
}
