package dev.homeroom.queue.claim;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limit keys that had no free permit a moment ago: their tasks are passed over in the scan, so that they do not take the
 * places of others. The mark lapses by itself, for a release is not always heard of here. Safe for concurrent use.
 */
public final class Exhausted {
    /** How long a mark holds. */
    static final Duration LAPSE = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Long> until = new ConcurrentHashMap<>();

    /** Reads this monotonic clock, in nanoseconds. */
    public Exhausted(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void mark(Collection<String> keys) {
        long lapses = nanos.getAsLong() + LAPSE.toNanos();
        keys.forEach(key -> until.put(key, lapses));
    }

    Set<String> keys() {
        if (until.isEmpty()) {
            return Set.of();
        }
        long now = nanos.getAsLong();
        until.values().removeIf(lapses -> lapses - now <= 0);
        return Set.copyOf(until.keySet());
    }

    /** Forgets marks, because permits came free. */
    public void clear(Collection<String> keys) {
        keys.forEach(until::remove);
    }
}
