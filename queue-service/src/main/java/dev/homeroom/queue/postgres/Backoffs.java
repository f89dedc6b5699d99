package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.RetryPolicies;
import dev.homeroom.queue.core.RetryPolicy;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Policies of retries as the finishing statement takes them: in milliseconds, those of types as arrays side by side. */
final class Backoffs {
    private final RetryPolicy otherwise;
    private final String[] types;
    private final Long[] bases;
    private final Long[] longest;

    Backoffs(RetryPolicies policies) {
        otherwise = policies.otherwise();
        var own = List.copyOf(policies.byType().entrySet());
        types = own.stream().map(Map.Entry::getKey).toArray(String[]::new);
        bases = millis(own, RetryPolicy::base);
        longest = millis(own, RetryPolicy::max);
    }

    /** Adds five values: base and longest of all, then types, bases and longest of those with their own. */
    Tuple addTo(Tuple values) {
        return values.addLong(otherwise.base().toMillis())
                .addLong(otherwise.max().toMillis())
                .addArrayOfString(types)
                .addArrayOfLong(bases)
                .addArrayOfLong(longest);
    }

    private static Long[] millis(List<Map.Entry<String, RetryPolicy>> own, Function<RetryPolicy, Duration> part) {
        return own.stream().map(one -> part.apply(one.getValue()).toMillis()).toArray(Long[]::new);
    }
}
