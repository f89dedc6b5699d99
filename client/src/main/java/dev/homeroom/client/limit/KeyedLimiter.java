package dev.homeroom.client.limit;

import dev.homeroom.client.Checks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Named semaphores inside one process (requirement R-L5): at most so many permits of a key are held at once, first come first
 * served within a key. A key that nobody holds or waits for takes no memory, unless it has a limit of its own. Thread-safe.
 */
public final class KeyedLimiter {
    private static final int MOST = 1_000_000;
    /** Forever, for practical purposes: 292 years. */
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final int defaultLimit;
    private final ConcurrentMap<String, Integer> limits = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

    /** With the limit of keys that have none of their own; 0 to 1,000,000. */
    public KeyedLimiter(int defaultLimit) {
        this.defaultLimit = (int) Checks.range("default limit", defaultLimit, 0, MOST);
    }

    /** A permit; closing gives it back, a second time does nothing. */
    public final class Permit implements AutoCloseable {
        private final String key;
        private final Gate gate;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Permit(String key, Gate gate) {
            this.key = key;
            this.gate = gate;
        }

        /** What it is a permit of. */
        public String key() {
            return key;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                gate.leave();
                part(key);
            }
        }
    }

    /** The limit of a key at present. */
    public int limit(String key) {
        return limits.getOrDefault(key, defaultLimit);
    }

    /**
     * Sets the limit of a key, 0 to 1,000,000; 0 closes it. Lowered below what is in use, it takes nothing away: the next
     * permit is given when enough have come back.
     */
    public void setLimit(String key, int limit) {
        limits.put(Checks.name("key", key), (int) Checks.range("limit", limit, 0, MOST));
        wake(key);
    }

    /** Puts a key back to the default limit. */
    public void resetLimit(String key) {
        limits.remove(key);
        wake(key);
    }

    /** How many permits of a key are held. */
    public int used(String key) {
        Gate gate = gates.get(key);
        return gate == null ? 0 : gate.used();
    }

    /** How many wait for a permit of a key. */
    public int waiting(String key) {
        Gate gate = gates.get(key);
        return gate == null ? 0 : gate.waiting();
    }

    /** How many keys are in use: held or waited for. */
    public int keysInUse() {
        return gates.size();
    }

    /** Waits until there is a permit. */
    public Permit acquire(String key) throws InterruptedException {
        return enter(key, UNBOUNDED).orElseThrow();
    }

    /** Waits so long for a permit; zero does not wait. */
    public Optional<Permit> tryAcquire(String key, Duration timeout) throws InterruptedException {
        return enter(key, Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)));
    }

    private Optional<Permit> enter(String key, long nanos) throws InterruptedException {
        Gate gate = join(Checks.name("key", key));
        boolean entered = false;
        try {
            entered = gate.enter(nanos);
        } finally {
            if (!entered) {
                part(key);
            }
        }
        return entered ? Optional.of(new Permit(key, gate)) : Optional.empty();
    }

    private Gate join(String key) {
        return gates.compute(key, (k, present) -> {
            Gate gate = present == null ? new Gate(() -> limit(k)) : present;
            gate.users++;
            return gate;
        });
    }

    private void part(String key) {
        gates.computeIfPresent(key, (k, gate) -> --gate.users == 0 ? null : gate);
    }

    private void wake(String key) {
        Gate gate = gates.get(key);
        if (gate != null) {
            gate.wake();
        }
    }
}
