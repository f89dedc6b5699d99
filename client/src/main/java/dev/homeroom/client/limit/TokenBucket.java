package dev.homeroom.client.limit;

import dev.homeroom.client.Checks;
import dev.homeroom.client.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A rate limit (requirement R-L6): holds up to {@code burst} tokens and gains {@code tokens} per {@code period}, evenly. In any
 * span of time it gives at most burst + rate × span, plus what was refunded. Counted in whole numbers, so nothing is gained or
 * lost by rounding, however long it runs. Thread-safe, without locks.
 */
public final class TokenBucket {
    /**
     * What is left at a time.
     *
     * @param level in units of 1 / period (ns) of a token; negative while reservations wait for it
     */
    private record Level(long level, long atNanos) {}

    private final long perNano;
    private final long unitsPerToken;
    private final long capacity;
    private final int burst;
    private final Time time;
    private final AtomicReference<Level> state;

    /**
     * A full bucket.
     *
     * @param tokens gained per period; 1 to 1,000,000
     * @param period 1 ms to 1 h
     * @param burst the most it holds, and the most that can be taken at once; 1 to 1,000,000
     */
    public TokenBucket(int tokens, Duration period, int burst, Time time) {
        this.perNano = Checks.range("tokens", tokens, 1, 1_000_000);
        this.unitsPerToken = Checks.range("period", period, Duration.ofMillis(1), Duration.ofHours(1))
                .toNanos();
        // At most 3.6e18: the bounds keep it below 2^63.
        this.capacity = Checks.range("burst", burst, 1, 1_000_000) * unitsPerToken;
        this.burst = burst;
        this.time = time;
        this.state = new AtomicReference<>(new Level(capacity, time.nanos()));
    }

    /** A full bucket in real time, with a rate per second. */
    public static TokenBucket perSecond(int tokens, int burst) {
        return new TokenBucket(tokens, Duration.ofSeconds(1), burst, Time.system());
    }

    /** Takes so many tokens when they are there now and nobody who came before still waits. */
    public boolean tryConsume(int n) {
        long cost = cost(n);
        while (true) {
            Level was = state.get();
            Level now = filled(was);
            if (now.level < cost) {
                return false;
            }
            if (state.compareAndSet(was, new Level(now.level - cost, now.atNanos))) {
                return true;
            }
        }
    }

    /**
     * Takes so many tokens as soon as they are there, first come first served: it reserves them and waits once, for exactly
     * as long as they need. When that would be longer than the timeout, at most 1 h, it refuses at once and reserves nothing.
     *
     * @throws InterruptedException when interrupted; the reservation is given back
     */
    public boolean consume(int n, Duration timeout) throws InterruptedException {
        long cost = cost(n);
        // The bound keeps what is reserved above -3.6e18, so that no sum passes 2^63.
        long longest = Checks.range("timeout", timeout, Duration.ZERO, Duration.ofHours(1))
                .toNanos();
        while (true) {
            Level was = state.get();
            Level now = filled(was);
            long wait = now.level >= cost ? 0 : Math.ceilDiv(cost - now.level, perNano);
            if (wait > longest) {
                return false;
            }
            // The wait ends on a whole nanosecond: what comes in beyond the brim until then is lost, as always.
            long spilt = Math.max(0, now.level + wait * perNano - capacity);
            if (state.compareAndSet(was, new Level(now.level - cost - spilt, now.atNanos))) {
                await(n, wait);
                return true;
            }
        }
    }

    private void await(int n, long nanos) throws InterruptedException {
        if (nanos == 0) {
            return;
        }
        try {
            time.pause(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            refund(n);
            throw e;
        }
    }

    /** Gives back tokens that were taken and not used; over the burst they are lost. Who waits already does not wait less. */
    public void refund(int n) {
        long value = cost(n);
        while (true) {
            Level was = state.get();
            Level now = filled(was);
            // Subtracting first: the sum may pass 2^63.
            long level = now.level > capacity - value ? capacity : now.level + value;
            if (state.compareAndSet(was, new Level(level, now.atNanos))) {
                return;
            }
        }
    }

    /** How many tokens could be taken now. */
    public int available() {
        return (int) Math.max(0, Math.floorDiv(filled(state.get()).level, unitsPerToken));
    }

    private long cost(int n) {
        return Checks.range("number of tokens", n, 1, burst) * unitsPerToken;
    }

    private Level filled(Level was) {
        long now = time.nanos();
        long passed = now - was.atNanos;
        if (passed <= 0) {
            // Another thread read the clock later and wrote first.
            return was;
        }
        long untilFull = Math.ceilDiv(capacity - was.level, perNano);
        return passed >= untilFull ? new Level(capacity, now) : new Level(was.level + passed * perNano, now);
    }
}
