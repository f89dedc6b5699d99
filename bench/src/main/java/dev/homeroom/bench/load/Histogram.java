package dev.homeroom.bench.load;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often which latency was seen: buckets of at most 1/32 relative width from 1 µs to 17 min, so a percentile is at most
 * 3.2 % above the truth. Thread-safe; a summary taken while others record is approximate.
 */
public final class Histogram {
    /** Buckets for each doubling. */
    private static final int SUB = 32;

    private static final int SUB_BITS = 5;
    private static final int DOUBLINGS = 26;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private final AtomicLongArray buckets = new AtomicLongArray((DOUBLINGS + 1) * SUB);

    /** Counts one latency in nanoseconds; negative counts as 0, more than the range as its end. */
    public void record(long nanos) {
        buckets.incrementAndGet(bucket(Math.max(0, nanos) / NANOS_PER_MICRO));
    }

    /** How many were recorded. */
    public long count() {
        long sum = 0;
        for (int i = 0; i < buckets.length(); i++) {
            sum += buckets.get(i);
        }
        return sum;
    }

    /**
     * The latency in milliseconds that the given part of all stayed at or below; 0 when nothing was recorded.
     *
     * @param part 0 to 1, such as 0.99; 1 is the maximum
     */
    public double millisAt(double part) {
        if (part < 0 || part > 1) {
            throw new IllegalArgumentException("a part is 0 to 1, not " + part);
        }
        long wanted = Math.max(1, (long) Math.ceil(part * count()));
        long seen = 0;
        for (int i = 0; i < buckets.length(); i++) {
            seen += buckets.get(i);
            if (seen >= wanted) {
                return upperMicros(i) / MICROS_PER_MILLI;
            }
        }
        return 0;
    }

    /** Below {@link #SUB} µs exact, above logarithmic. */
    static int bucket(long micros) {
        if (micros < SUB) {
            return (int) micros;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
        if (doubling >= DOUBLINGS) {
            return (DOUBLINGS + 1) * SUB - 1;
        }
        return (doubling + 1) * SUB + (int) ((micros >> doubling) - SUB);
    }

    /** The largest value that falls into the bucket. */
    static long upperMicros(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int doubling = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << doubling) - 1;
    }
}
