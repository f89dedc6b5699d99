package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The index of pending tasks as the database keeps it, in memory; counts what is read of it. */
final class Index {
    private static final Comparator<Candidate> OLDEST =
            Comparator.comparing(Candidate::due).thenComparing(Candidate::task);

    final NavigableMap<Range, TreeSet<Candidate>> ranges = new TreeMap<>();
    final Map<Range, Lane> lanes = new TreeMap<>();
    private long ids;
    int statements;
    int rangesRead;
    int rowsRead;

    static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    Candidate add(String type, @Nullable String lesson, List<String> limits, int priority, long due) {
        var task = new Candidate(new UUID(0, ++ids), type, priority, at(due), lesson, limits, List.of(), Place.UNKNOWN);
        put(task);
        return task;
    }

    void put(Candidate task) {
        var lane = Lane.of(task.type(), task.lesson(), task.limits());
        var range = new Range(lane.id(), task.priority());
        lanes.put(range, lane);
        ranges.computeIfAbsent(range, _ -> new TreeSet<>(OLDEST)).add(task);
    }

    /** The task of this id, as it was put here. */
    Candidate remove(UUID id) {
        for (var range : ranges.values()) {
            for (var task : range) {
                if (task.task().equals(id)) {
                    range.remove(task);
                    return task;
                }
            }
        }
        throw new IllegalArgumentException("there is no task " + id);
    }

    boolean has(UUID id) {
        return ranges.values().stream()
                .anyMatch(range -> range.stream().anyMatch(task -> task.task().equals(id)));
    }

    int size() {
        return ranges.values().stream().mapToInt(TreeSet::size).sum();
    }

    List<Head> heads(Range after, int limit) {
        return ranges.tailMap(after, false).entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .limit(limit)
                .map(entry -> new Head(
                        Objects.requireNonNull(lanes.get(entry.getKey())),
                        entry.getKey().priority(),
                        entry.getValue().first().due()))
                .toList();
    }

    List<List<Candidate>> due(List<Pick> picks, long now) {
        statements++;
        rangesRead += picks.size();
        return picks.stream()
                .map(pick -> {
                    var rows = ranges.getOrDefault(pick.range(), new TreeSet<>(OLDEST)).stream()
                            .filter(task -> !task.due().isAfter(at(now)))
                            .limit(pick.most())
                            .toList();
                    rowsRead += rows.size();
                    return rows;
                })
                .toList();
    }

    /** One page into the board, as the keeper reads them. */
    void page(Board board, int limit) {
        long asked = board.news();
        var heads = heads(board.reached(), limit);
        board.page(heads, heads.size() >= limit, asked);
    }

    /** A whole search for one filter. */
    Gathering find(
            Board board, Ageing ageing, Fairness fairness, ClaimFilter filter, int count, Scarce scarce, long now) {
        var gathering = new Gathering(board, ageing, fairness, Map.of(filter, count), scarce, at(now));
        for (var picks = gathering.next(); !picks.isEmpty(); picks = gathering.next()) {
            gathering.read(due(picks, now));
        }
        return gathering;
    }
}
