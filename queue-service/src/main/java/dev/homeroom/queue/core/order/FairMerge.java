package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.Place;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tasks of several ranges into the queue's order: by level, inside a level fairly between lessons, inside a
 * lesson by age. The candidates carry their level as priority.
 */
final class FairMerge {
    /** Behind every task that is due at the same time: which of them is first does not matter. */
    private static final UUID LAST = new UUID(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final Comparator<Item> ORDER = Comparator.<Item>comparingInt(
                    item -> -item.candidate().priority())
            .thenComparing(item -> item.candidate().due())
            .thenComparing(item -> item.candidate().task());

    /** What was read of a range; {@code more}: there may be more of it behind. */
    record Run(List<Candidate> rows, boolean more) {}

    /**
     * The tasks in their order.
     *
     * @param certain so many of the first are certainly in order: behind them stands what a longer read might put elsewhere
     */
    record Merged(List<Candidate> candidates, int certain) {
        static final Merged NOTHING = new Merged(List.of(), 0);

        /** The lessons at the level of the first, those that were not read included. */
        Set<@Nullable String> competing(List<Ranked> unread) {
            var lessons = new HashSet<@Nullable String>();
            for (var ranked : unread) {
                if (!candidates.isEmpty()
                        && ranked.level() == candidates.getFirst().priority()) {
                    lessons.add(ranked.stand().lane.lesson());
                }
            }
            for (var candidate : candidates) {
                if (candidate.priority() != candidates.getFirst().priority()) {
                    break;
                }
                lessons.add(candidate.lesson());
            }
            return lessons;
        }
    }

    /** The last of what was read of a range, or the first of what was not: behind it nothing is certain. */
    private enum Mark {
        NONE,
        LAST,
        UNREAD
    }

    private record Item(Candidate candidate, Mark mark) {}

    /** The tasks of one lesson inside a level. */
    private static final class Flow {
        final @Nullable String lesson;
        final ArrayDeque<Item> items = new ArrayDeque<>();
        double start;

        Flow(@Nullable String lesson) {
            this.lesson = lesson;
        }

        Candidate first() {
            return items.getFirst().candidate();
        }
    }

    private static final Comparator<Flow> NEXT = Comparator.<Flow>comparingDouble(flow -> flow.start)
            .thenComparing(flow -> flow.first().due())
            .thenComparing(flow -> flow.first().task());

    private final Ageing ageing;
    private final Fairness fairness;
    private final long now;
    private final Map<String, Double> starts = new HashMap<>();
    private final List<Candidate> merged = new ArrayList<>();
    private int certain = -1;

    private FairMerge(Ageing ageing, Fairness fairness, long now) {
        this.ageing = ageing;
        this.fairness = fairness;
        this.now = now;
    }

    /**
     * Merges.
     *
     * @param runs what was read
     * @param unread ranges that were not, whose tasks may belong in between
     */
    static Merged of(List<Run> runs, List<Ranked> unread, Ageing ageing, Fairness fairness, long now) {
        if (runs.isEmpty()) {
            return Merged.NOTHING;
        }
        var merge = new FairMerge(ageing, fairness, now);
        if (runs.size() == 1 && unread.isEmpty()) {
            runs.getFirst().rows().forEach(row -> merge.merged.add(merge.levelled(row)));
            return new Merged(merge.merged, merge.merged.size());
        }
        return merge.all(runs, unread);
    }

    private Merged all(List<Run> runs, List<Ranked> unread) {
        var items = new ArrayList<Item>();
        for (var run : runs) {
            int last = run.more() ? run.rows().size() - 1 : -1;
            for (int i = 0; i < run.rows().size(); i++) {
                items.add(new Item(levelled(run.rows().get(i)), i == last ? Mark.LAST : Mark.NONE));
            }
        }
        unread.forEach(ranked -> items.add(new Item(unread(ranked), Mark.UNREAD)));
        items.sort(ORDER);
        for (int from = 0; from < items.size(); ) {
            int to = from + 1;
            while (to < items.size() && level(items, to) == level(items, from)) {
                to++;
            }
            inLevel(items.subList(from, to));
            from = to;
        }
        return new Merged(merged, certain < 0 ? merged.size() : certain);
    }

    private static int level(List<Item> items, int index) {
        return items.get(index).candidate().priority();
    }

    private static Candidate unread(Ranked ranked) {
        var lane = ranked.stand().lane;
        var due = Instant.ofEpochMilli(ranked.due() + 1);
        return new Candidate(
                LAST, lane.type(), ranked.level(), due, lane.lesson(), lane.limits(), List.of(), Place.UNKNOWN);
    }

    private Candidate levelled(Candidate row) {
        return row.at(ageing.level(row.priority(), row.due().toEpochMilli(), now));
    }

    private void inLevel(List<Item> items) {
        var flows = new HashMap<String, Flow>();
        for (var item : items) {
            var lesson = item.candidate().lesson();
            flows.computeIfAbsent(lesson == null ? "" : lesson, _ -> new Flow(lesson))
                    .items
                    .add(item);
        }
        if (flows.size() == 1) {
            var flow = flows.values().iterator().next();
            items.forEach(this::take);
            long read =
                    items.stream().filter(item -> item.mark() != Mark.UNREAD).count();
            advance(flow, read);
            return;
        }
        var next = new PriorityQueue<Flow>(flows.size(), NEXT);
        for (var flow : flows.values()) {
            flow.start = start(flow.lesson);
            next.add(flow);
        }
        while (!next.isEmpty()) {
            var flow = next.remove();
            var item = flow.items.removeFirst();
            if (item.mark() != Mark.UNREAD) {
                advance(flow, 1);
            }
            take(item);
            if (!flow.items.isEmpty()) {
                flow.start = start(flow.lesson);
                next.add(flow);
            }
        }
    }

    private double start(@Nullable String lesson) {
        return starts.computeIfAbsent(lesson == null ? "" : lesson, _ -> fairness.start(lesson));
    }

    private void advance(Flow flow, long tasks) {
        starts.put(flow.lesson == null ? "" : flow.lesson, start(flow.lesson) + tasks * fairness.cost(flow.lesson));
    }

    private void take(Item item) {
        if (item.mark() != Mark.UNREAD) {
            merged.add(item.candidate());
        }
        if (item.mark() != Mark.NONE && certain < 0) {
            certain = merged.size();
        }
    }
}
