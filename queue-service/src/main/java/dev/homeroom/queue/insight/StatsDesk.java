package dev.homeroom.queue.insight;

import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.insight.InsightStore;
import dev.homeroom.queue.core.insight.MinuteBook;
import dev.homeroom.queue.core.insight.Stats;
import dev.homeroom.queue.core.insight.StatsQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers for statistics (R-Q10). The same question within {@link #FRESH} gets the same answer, so that any number of
 * dashboards costs the database one look a second. Safe for concurrent use.
 */
public final class StatsDesk {
    /** How old an answer may be. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** Answers that are kept; above it all are forgotten. */
    private static final int MOST_KEPT = 100;

    private record Kept(long nanos, CompletionStage<Stats> answer) {}

    private final ConcurrentHashMap<StatsQuery, Kept> kept = new ConcurrentHashMap<>();
    private final InsightStore rows;
    private final MinuteBook book;
    private final Supplier<Instant> clock;
    private final LongSupplier nanos;

    /**
     * @param book what this replica has not written yet
     * @param clock in which minute a window begins
     * @param nanos a monotonic clock, in nanoseconds
     */
    public StatsDesk(InsightStore rows, MinuteBook book, Supplier<Instant> clock, LongSupplier nanos) {
        this.rows = rows;
        this.book = book;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** What these statistics are now, or were a moment ago. */
    public CompletionStage<Stats> stats(StatsQuery query) {
        if (kept.size() > MOST_KEPT) {
            kept.clear();
        }
        long now = nanos.getAsLong();
        return kept.compute(
                        query,
                        (_, old) -> old == null || now - old.nanos() >= FRESH.toNanos() || failed(old)
                                ? new Kept(now, ask(query))
                                : old)
                .answer();
    }

    private static boolean failed(Kept old) {
        return old.answer().toCompletableFuture().isCompletedExceptionally();
    }

    private CompletionStage<Stats> ask(StatsQuery query) {
        var from = clock.get().minus(query.window()).truncatedTo(ChronoUnit.MINUTES);
        // First what is unwritten, then the table: what is written in between is recognised.
        var unwritten = book.unwritten();
        return rows.minutes(from, query.type(), query.lesson())
                .thenCompose(table -> rows.depths(query.type(), query.lesson())
                        .thenCombine(ended(query), (depths, ended) -> {
                            var minutes = unwritten.with(table).stream()
                                    .filter(row -> !row.minute().isBefore(from))
                                    .filter(row ->
                                            query.type() == null || query.type().equals(row.type()))
                                    .filter(row -> query.lesson() == null
                                            || query.lesson().equals(row.lesson()))
                                    .toList();
                            return Stats.of(depths, ended, from, minutes);
                        }));
    }

    /** Of all tasks only: tasks that are over are not counted by type. */
    private CompletionStage<Map<TaskStatus, Long>> ended(StatsQuery query) {
        return query.type() == null && query.lesson() == null
                ? rows.ended()
                : CompletableFuture.completedFuture(Map.of());
    }

    /** Writes what this replica has seen; what cannot be written is tried again with the next. */
    public CompletionStage<Void> flush() {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (var flush : book.flush()) {
            all = all.thenCompose(_ -> rows.flush(flush)).thenAccept(_ -> book.written(flush));
        }
        return all;
    }
}
