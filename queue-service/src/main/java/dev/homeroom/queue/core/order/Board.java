package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which ranges have tasks, as far as this replica knows: from pages of the database's index, from what is enqueued here,
 * and from what its reads find. It may be wrong at any time, which only costs time: a range that has nothing costs a read,
 * and one that is missing is found by the pages, which go round for ever. Safe for concurrent use.
 */
public final class Board {
    /** Ranges in memory, some 300 bytes each; above it those that the pages come to next make room. */
    static final int MOST_RANGES = 50_000;

    /** Filters whose ranges are kept at hand. */
    static final int MOST_FILTERS = 256;

    private final TreeMap<Range, Stand> stands = new TreeMap<>();
    private final LinkedHashMap<ClaimFilter, Shortlist> lists = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ClaimFilter, Shortlist> eldest) {
            return size() > MOST_FILTERS;
        }
    };
    private long news;
    private Range reached = Range.START;

    /** A task has come that is due then. */
    public synchronized void note(Lane lane, int priority, Instant due) {
        var stand = stand(lane, priority);
        due(stand, Math.min(stand.due, due.toEpochMilli()));
        stand.depth = stand.depth == Integer.MAX_VALUE ? stand.depth : stand.depth + 1;
        stand.stamp = ++news;
    }

    /** How many ranges it has. */
    public synchronized int size() {
        return stands.size();
    }

    /** Where the next page begins: behind this range. */
    public synchronized Range reached() {
        return reached;
    }

    /** The time of knowledge: a page that is asked for now must not replace what is heard later. */
    public synchronized long news() {
        return news;
    }

    /**
     * A page of the index, read behind {@link #reached()}.
     *
     * @param heads its heads
     * @param full whether there may be more behind it
     * @param asked {@link #news()} when it was asked for
     */
    public synchronized void page(List<Head> heads, boolean full, long asked) {
        var last = full && !heads.isEmpty() ? heads.getLast().range() : null;
        var covered = last == null ? stands.tailMap(reached, false) : stands.subMap(reached, false, last, true);
        var seen = new java.util.HashSet<Range>();
        heads.forEach(head -> seen.add(head.range()));
        covered.values().removeIf(stand -> {
            stand.gone = stand.stamp <= asked && !seen.contains(stand.range);
            return stand.gone;
        });
        reached = last == null ? Range.START : last;
        for (var head : heads) {
            var stand = stand(head.lane(), head.priority());
            long due = head.due().toEpochMilli();
            due(stand, stand.stamp <= asked ? due : Math.min(stand.due, due));
            stand.stamp = ++news;
        }
    }

    /** The ranges that have something due for this filter, best first; at most so many. */
    synchronized List<Ranked> top(ClaimFilter filter, Scarce scarce, Ranking ranking, int most) {
        return lists.computeIfAbsent(filter, Shortlist::new).top(stands.values(), scarce, ranking, most);
    }

    /** Whether something seems to be due for this filter. */
    public synchronized boolean hasDue(ClaimFilter filter, Scarce scarce, Instant now) {
        return lists.computeIfAbsent(filter, Shortlist::new).hasDue(stands.values(), scarce, now.toEpochMilli());
    }

    synchronized long stamp(Stand stand) {
        return stand.stamp;
    }

    /** A range was read from its beginning; {@code stamp}: its stamp before that. */
    synchronized void read(Stand stand, long stamp, List<Candidate> rows, boolean full) {
        boolean newest = stand.stamp == stamp;
        if (!rows.isEmpty()) {
            long due = rows.getFirst().due().toEpochMilli();
            stand.due = newest ? due : Math.min(stand.due, due);
            stand.depth = full ? Math.max(stand.depth, rows.size()) : rows.size();
        } else if (newest) {
            stand.due = Stand.NONE;
            stand.depth = 0;
        }
    }

    private Stand stand(Lane lane, int priority) {
        var range = new Range(lane.id(), priority);
        var known = stands.get(range);
        if (known != null) {
            return known;
        }
        if (stands.size() >= MOST_RANGES) {
            evict();
        }
        var stand = new Stand(lane, priority);
        stands.put(range, stand);
        return stand;
    }

    private void due(Stand stand, long due) {
        boolean back = stand.due == Stand.NONE;
        stand.due = due;
        if (back) {
            for (var list : lists.values()) {
                list.add(stand);
            }
        }
    }

    /** What the pages come to next has waited longest for them, and comes back soonest. */
    private void evict() {
        Map.@Nullable Entry<Range, Stand> next = stands.higherEntry(reached);
        var out = next == null ? stands.firstEntry() : next;
        out.getValue().gone = true;
        stands.remove(out.getKey());
    }
}
