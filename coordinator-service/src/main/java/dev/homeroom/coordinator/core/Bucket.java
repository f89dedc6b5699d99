package dev.homeroom.coordinator.core;

/**
 * A token bucket (requirement R-L6). Refilled when it is looked at, by the replicated clock; Java's doubles are the same
 * everywhere, so replicas agree.
 *
 * @param perSecond how much comes back in a second
 * @param burst how much it holds at most
 * @param level how much it held when it was last changed
 * @param atNanos when that was, of the replicated clock
 */
public record Bucket(String key, double perSecond, double burst, double level, long atNanos) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What it holds then; not before {@link #atNanos}. */
    double available(long nanos) {
        return Math.min(burst, level + perSecond * ((nanos - atNanos) / NANOS_PER_SECOND));
    }

    /** With so much more, or less; never above the burst. */
    Bucket changed(double amount, long nanos) {
        return new Bucket(key, perSecond, burst, Math.min(burst, available(nanos) + amount), nanos);
    }

    /** With another rate; what it holds stays, as far as it has room. */
    Bucket with(double newPerSecond, double newBurst, long nanos) {
        return new Bucket(key, newPerSecond, newBurst, Math.min(newBurst, available(nanos)), nanos);
    }

    /** After how many milliseconds it will hold the amount if nobody else takes any; -1: never. */
    long retryAfterMillis(double amount, long nanos) {
        double missing = amount - available(nanos);
        if (missing <= 0) {
            return 0;
        }
        double millis = Math.ceil(missing / perSecond * MILLIS_PER_SECOND);
        if (amount > burst || perSecond == 0 || millis >= Bounds.LONGEST_TTL_MILLIS * MILLIS_PER_SECOND) {
            return -1;
        }
        long after = Math.max(1, (long) millis);
        // Rounding may leave it a hair short of the amount at that moment.
        return available(nanos + after * NANOS_PER_MILLI) >= amount ? after : after + 1;
    }

    Answer.Rate answer(long nanos) {
        return new Answer.Rate(perSecond, burst, available(nanos));
    }
}
