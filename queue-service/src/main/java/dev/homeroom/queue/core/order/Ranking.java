package dev.homeroom.queue.core.order;

import java.util.Comparator;

/**
 * How ranges compare at a moment: by the level of their oldest task, then by what their lesson has had, then by age.
 *
 * @param ageing the ageing
 * @param fairness what lessons have had
 * @param now milliseconds since the epoch
 */
record Ranking(Ageing ageing, Fairness fairness, long now) {
    static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::level)
            .reversed()
            .thenComparingDouble(Ranked::start)
            .thenComparingLong(Ranked::due);

    Ranked rank(Stand stand) {
        int level = ageing.level(stand.range.priority(), stand.due, now);
        return new Ranked(stand, level, fairness.start(stand.lane.lesson()), stand.due, stand.stamp, stand.depth);
    }
}
