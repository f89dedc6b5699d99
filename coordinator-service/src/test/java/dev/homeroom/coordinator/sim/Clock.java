package dev.homeroom.coordinator.sim;

/** A party's two clocks: a monotonic one that drifts, and a wall clock that jumps. */
final class Clock {
    /** No monotonic clock is off by more than this part: far above what quartz does. */
    static final double DRIFT = 0.001;

    private static final long EPOCH_MILLIS = 1_750_000_000_000L;

    private final Schedule schedule;
    private final double rate;
    private final long origin;
    private long wallOffset;

    Clock(Schedule schedule) {
        this.schedule = schedule;
        this.rate = 1 + DRIFT * (schedule.chance(2001) - 1000) / 1000.0;
        this.origin = schedule.between(0, 1_000 * Schedule.SECOND);
    }

    /** As {@code System.nanoTime()}. */
    long nanoTime() {
        return origin + (long) (schedule.now() * rate);
    }

    /** As {@code System.currentTimeMillis()}. */
    long wallMillis() {
        return EPOCH_MILLIS + schedule.now() / Schedule.MILLI + wallOffset;
    }

    /** Somebody sets the wall clock. */
    void jump(long millis) {
        wallOffset += millis;
    }
}
