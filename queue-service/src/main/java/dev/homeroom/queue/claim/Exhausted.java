package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.order.Scarce;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Limit keys that had no free permit a moment ago: their tasks are passed over, so that they do not take the places of
 * others. A mark lapses by itself, for a release is not always heard of here; then a few tasks of the key are tried, one
 * at first and with each that is granted one more. So a key that is still exhausted costs a claim one of its candidates
 * and no more. Safe for concurrent use.
 */
public final class Exhausted {
    /** How long a mark holds. */
    static final Duration LAPSE = Duration.ofSeconds(1);

    /** A key of which so many tasks may be tried at once is as good as any other. */
    static final int AMPLE = 256;

    /** Keys that are remembered, and claimed tasks whose release would be good news; the oldest are forgotten. */
    static final int MOST = 20_000;

    /** Tried when the time {@code from} has come: so many. */
    private record Mark(long from, int allowed) {}

    private final LongSupplier nanos;
    private final Map<String, Mark> marks = new Bounded<>();
    private final Map<UUID, List<String>> held = new Bounded<>();

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }

    /** Reads this monotonic clock, in nanoseconds. */
    public Exhausted(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The coordinator had no permit of these keys. */
    synchronized void mark(Collection<String> keys) {
        long lapses = nanos.getAsLong() + LAPSE.toNanos();
        keys.forEach(key -> marks.put(key, new Mark(lapses, 1)));
    }

    /** What is known now. */
    synchronized Scarce scarce() {
        if (marks.isEmpty()) {
            return Scarce.NOTHING;
        }
        long now = nanos.getAsLong();
        var exhausted = new HashSet<String>();
        var allowed = new HashMap<String, Integer>();
        marks.forEach((key, mark) -> {
            if (mark.from() - now > 0) {
                exhausted.add(key);
            } else {
                allowed.put(key, mark.allowed());
            }
        });
        return new Scarce(exhausted, allowed);
    }

    /** This task got its permits. */
    synchronized void granted(Task task) {
        if (task.limits().isEmpty()) {
            return;
        }
        held.put(task.id(), task.limits());
        for (var key : task.limits()) {
            marks.computeIfPresent(
                    key, (_, mark) -> mark.allowed() >= AMPLE ? null : new Mark(mark.from(), mark.allowed() + 1));
        }
    }

    /** These claims gave their permits back. */
    public synchronized void released(List<Hold> holds) {
        if (held.isEmpty()) {
            return;
        }
        long now = nanos.getAsLong();
        for (var hold : holds) {
            for (var key : held.getOrDefault(hold.task(), List.of())) {
                marks.computeIfPresent(
                        key,
                        (_, mark) -> new Mark(now, mark.from() - now > 0 ? 1 : Math.min(AMPLE, mark.allowed() + 1)));
            }
            held.remove(hold.task());
        }
    }
}
