package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the queue (R-Q10): how many tasks stand where now, and what happened within a window.
 *
 * @param at when
 * @param from where the window begins: at a full minute
 * @param depth of all tasks together
 * @param ended how many tasks ever ended in which status; empty when only some tasks were asked for
 * @param tally of all tasks together
 * @param types by type, the deepest first; at most {@value #MOST_GROUPS}, the others under {@link MinuteBook#OTHER}
 * @param lessons by lesson, likewise
 */
public record Stats(
        Instant at,
        Instant from,
        Depth depth,
        Map<TaskStatus, Long> ended,
        Tally tally,
        List<Group> types,
        List<Group> lessons) {
    /** How many types, and how many lessons, are told apart. */
    public static final int MOST_GROUPS = 100;

    /**
     * How many tasks stand where.
     *
     * @param pending how many wait, due or not
     * @param due how many of these can be claimed now
     * @param claimed how many are worked on
     * @param oldestDue since when the oldest of the due ones waits
     */
    public record Depth(
            long pending, long due, long claimed, @Nullable Instant oldestDue) {
        static final Depth NONE = new Depth(0, 0, 0, null);

        Depth with(Depths.Depth row) {
            var oldest = row.oldestDue();
            boolean older = oldest != null && (oldestDue == null || oldest.isBefore(oldestDue));
            return row.claimed()
                    ? new Depth(pending, due, claimed + row.tasks(), oldestDue)
                    : new Depth(pending + row.tasks(), due + row.due(), claimed, older ? oldest : oldestDue);
        }
    }

    /**
     * Tasks of one type, or of one lesson.
     *
     * @param name the type or the lesson; of no lesson: {@link Line#NO_LESSON}
     */
    public record Group(String name, Depth depth, Tally tally) {}

    /** What these rows come to. */
    public static Stats of(Depths depths, Map<TaskStatus, Long> ended, Instant from, List<MinuteRow> minutes) {
        var all = new Sum();
        var types = new HashMap<String, Sum>();
        var lessons = new HashMap<String, Sum>();
        for (var row : depths.rows()) {
            String lesson = row.lesson() == null ? Line.NO_LESSON : row.lesson();
            for (var sum : List.of(all, of(types, row.type()), of(lessons, lesson))) {
                sum.depth = sum.depth.with(row);
            }
        }
        for (var row : minutes) {
            String lesson = row.type().equals(MinuteBook.OTHER)
                    ? MinuteBook.OTHER
                    : row.lesson().isEmpty() ? Line.NO_LESSON : row.lesson();
            for (var sum : List.of(all, of(types, row.type()), of(lessons, lesson))) {
                sum.tally.add(row.tally());
            }
        }
        return new Stats(depths.at(), from, all.depth, ended, all.tally, groups(types), groups(lessons));
    }

    /** How long the window is. */
    public Duration window() {
        return Duration.between(from, at);
    }

    private static final class Sum {
        private Depth depth = Depth.NONE;
        private final Tally tally = new Tally();
    }

    private static Sum of(Map<String, Sum> sums, String name) {
        return sums.computeIfAbsent(name, _ -> new Sum());
    }

    private static List<Group> groups(Map<String, Sum> sums) {
        var groups = new ArrayList<Group>();
        sums.forEach((name, sum) -> groups.add(new Group(name, sum.depth, sum.tally)));
        groups.sort(Comparator.<Group>comparingLong(
                        g -> g.depth().pending() + g.depth().claimed())
                .reversed()
                .thenComparing(
                        g -> -g.tally().of(Tally.Event.ENQUEUED) - g.tally().of(Tally.Event.CLAIMED))
                .thenComparing(Group::name));
        if (groups.size() <= MOST_GROUPS) {
            return groups;
        }
        var rest = new Sum();
        for (var group : groups.subList(MOST_GROUPS - 1, groups.size())) {
            var depth = group.depth();
            rest.depth = rest.depth
                    .with(new Depths.Depth(false, "", null, depth.pending(), depth.due(), depth.oldestDue()))
                    .with(new Depths.Depth(true, "", null, depth.claimed(), 0, null));
            rest.tally.add(group.tally());
        }
        var bounded = new ArrayList<>(groups.subList(0, MOST_GROUPS - 1));
        bounded.add(new Group(MinuteBook.OTHER, rest.depth, rest.tally));
        return bounded;
    }
}
