package dev.homeroom.coordinator.sim;

/**
 * How bad things are in a run; each seed draws its own, so that some runs are calm in all but one respect. "One in 0" is
 * never.
 *
 * @param slowestNanos how late a slow message may be
 * @param faultEveryNanos mean time between two faults of replicas, 0: none
 * @param leavesOneIn how often a client goes away or stops for long, instead of doing something else
 */
record Weather(
        int lossOneIn,
        int twiceOneIn,
        int slowOneIn,
        long slowestNanos,
        long faultEveryNanos,
        int leavesOneIn,
        boolean kafkaFails) {
    /** Everything arrives, once and soon. */
    static final Weather FINE = new Weather(0, 0, 0, Schedule.SECOND, 0, 0, false);

    static Weather of(Schedule chance) {
        return new Weather(
                pick(chance, 0, 100, 20, 8),
                pick(chance, 0, 50, 10),
                pick(chance, 0, 50, 10),
                pick(chance, 50, 400, 3_000) * Schedule.MILLI,
                pick(chance, 0, 3_000, 1_200, 600) * Schedule.MILLI,
                pick(chance, 0, 60, 25),
                chance.oneIn(2));
    }

    private static int pick(Schedule chance, int... of) {
        return of[chance.chance(of.length)];
    }
}
