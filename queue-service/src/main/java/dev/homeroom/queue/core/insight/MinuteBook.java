package dev.homeroom.queue.core.insight;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this replica has seen and not written yet, by minute, type and lesson. Bounded: at most {@value #MOST_CELLS} pairs of
 * type and lesson between two flushes, the others count under {@link #OTHER}; and what could not be written is kept for
 * {@value #MOST_FLUSHES} flushes. Safe for concurrent use.
 */
public final class MinuteBook implements Watch {
    /** What counts for types and lessons above the bound. */
    public static final String OTHER = "(other)";

    /** How many pairs of type and lesson are told apart between two flushes. */
    static final int MOST_CELLS = 50;

    /** Flushes that wait for the database: a minute of them; older ones are lost. */
    static final int MOST_FLUSHES = 6;

    private record Cell(Instant minute, String type, String lesson) {}

    private final UUID replica;
    private final Supplier<Instant> clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<List<MinuteRow>> flushing = new ArrayList<>();
    private Map<Cell, Tally> cells = new HashMap<>();
    private long flush = 1;

    /**
     * @param replica tells this process from the others
     * @param clock which minute it is
     */
    public MinuteBook(UUID replica, Supplier<Instant> clock) {
        this.replica = replica;
        this.clock = clock;
    }

    @Override
    public void saw(List<? extends Seen> things) {
        var minute = clock.get().truncatedTo(ChronoUnit.MINUTES);
        lock.lock();
        try {
            for (var seen : things) {
                cell(minute, seen.type(), seen.lesson()).add(seen);
            }
        } finally {
            lock.unlock();
        }
    }

    private Tally cell(Instant minute, String type, @Nullable String lesson) {
        var cell = new Cell(minute, type, lesson == null ? "" : lesson);
        var known = cells.get(cell);
        if (known != null) {
            return known;
        }
        // Each minute that a flush spans may have the full number: it is two at most.
        boolean room = cells.size() < 2 * MOST_CELLS
                && cells.keySet().stream()
                                .filter(c -> c.minute().equals(minute))
                                .count()
                        < MOST_CELLS;
        return cells.computeIfAbsent(room ? cell : new Cell(minute, OTHER, ""), _ -> new Tally());
    }

    /** What is to be written now: everything since the last call, and what could not be written before. */
    public List<List<MinuteRow>> flush() {
        lock.lock();
        try {
            if (!cells.isEmpty()) {
                flushing.add(rows());
                cells = new HashMap<>();
                flush++;
            }
            while (flushing.size() > MOST_FLUSHES) {
                flushing.removeFirst();
            }
            return List.copyOf(flushing);
        } finally {
            lock.unlock();
        }
    }

    /** This flush has been written. */
    public void written(List<MinuteRow> rows) {
        lock.lock();
        try {
            flushing.removeIf(waiting -> waiting == rows);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has not been written yet. To be read before the table: of this replica, rows of the table from the flush
     * {@link Unwritten#from} on are in it already.
     */
    public Unwritten unwritten() {
        lock.lock();
        try {
            var rows = new ArrayList<MinuteRow>();
            flushing.forEach(rows::addAll);
            long from = rows.isEmpty() ? flush : rows.getFirst().flush();
            rows.addAll(rows());
            return new Unwritten(replica, from, rows);
        } finally {
            lock.unlock();
        }
    }

    /** A copy: the tallies go on counting. */
    private List<MinuteRow> rows() {
        var rows = new ArrayList<MinuteRow>(cells.size());
        cells.forEach((cell, tally) -> {
            var copy = new Tally();
            copy.add(tally);
            rows.add(new MinuteRow(cell.minute(), replica, flush, cell.type(), cell.lesson(), copy));
        });
        return rows;
    }

    /**
     * What a replica has not written yet.
     *
     * @param replica which
     * @param from the first flush that is in it
     * @param rows the figures
     */
    public record Unwritten(UUID replica, long from, List<MinuteRow> rows) {
        /** These, and what is in the table. */
        public List<MinuteRow> with(List<MinuteRow> table) {
            var all = new ArrayList<>(rows);
            table.stream()
                    .filter(row -> !row.replica().equals(replica) || row.flush() < from)
                    .forEach(all::add);
            return all;
        }
    }
}
