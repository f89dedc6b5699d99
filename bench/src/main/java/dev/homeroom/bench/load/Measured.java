package dev.homeroom.bench.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run showed.
 *
 * @param whole latencies of the turns that ended well
 * @param parts latencies of what {@link Step.Done#part()} noted; empty when it noted nothing
 * @param failures turns that failed in the measured time
 * @param firstFailure of the whole run, or null
 * @param nanos the measured time
 * @param used what the {@link Meter} counted in it
 */
public record Measured(
        Histogram whole,
        Histogram parts,
        long failures,
        @Nullable Throwable firstFailure,
        long nanos,
        Map<String, Double> used) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** The measured time in seconds. */
    public double seconds() {
        return nanos / NANOS_PER_SECOND;
    }

    /** Turns a second that ended well. */
    public double perSecond() {
        return whole.count() * NANOS_PER_SECOND / nanos;
    }
}
