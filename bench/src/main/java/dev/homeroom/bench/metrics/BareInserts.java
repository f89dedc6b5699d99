package dev.homeroom.bench.metrics;

import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reference: the same events into a table of the same columns, key and indexes, as {@code unnest} of arrays in batches
 * of 1,000, each its own commit. No broker, no dedupe beyond the key, no fold, no rollups, no offset.
 */
public final class BareInserts {
    private static final int BATCH = 1_000;
    private static final int STUDENTS = 2_400;
    private static final String INSERT = """
            INSERT INTO bare.event (classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                                    outcome, value, unit, context)
            SELECT classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                   outcome, value, unit, context::jsonb
            FROM unnest(?::text[], ?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::float8[], ?::text[], ?::text[])
                AS new (classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                        outcome, value, unit, context)
            ON CONFLICT DO NOTHING
            """;

    private static final List<Function<EventStream.Event, @Nullable Object>> COLUMNS = List.of(
            EventStream.Event::classroom,
            _ -> EventStream.APP,
            EventStream.Event::id,
            event -> event.at().toString(),
            event -> event.at().toString(),
            event -> event.at().toString(),
            EventStream.Event::student,
            EventStream.Event::type,
            EventStream.Event::target,
            EventStream.Event::skill,
            event -> event.outcome().isEmpty() ? null : event.outcome(),
            _ -> null,
            _ -> null,
            event -> "{\"x\":" + event.x() + ",\"y\":" + event.y() + "}");

    private static final List<String> TYPES = List.of(
            "text",
            "text",
            "uuid",
            "timestamptz",
            "timestamptz",
            "timestamptz",
            "text",
            "text",
            "text",
            "text",
            "text",
            "float8",
            "text",
            "text");

    private BareInserts() {}

    /** Runs so many connections for a warm-up and a time. The service must have made its tables before. */
    public static Row run(PostgresServer postgres, Meter meter, int connections, Duration warmUp, Duration time) {
        postgres.run(
                "DROP SCHEMA IF EXISTS bare CASCADE",
                "CREATE SCHEMA bare",
                "CREATE TABLE bare.event (LIKE metrics.event INCLUDING ALL)");
        AtomicLong written = new AtomicLong();
        long start = System.nanoTime();
        long end = start + warmUp.plus(time).toNanos();
        try (ExecutorService writers = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int writer = i;
                all.add(writers.submit(() -> write(postgres, writer, end, written)));
            }
            sleepUntil(start + warmUp.toNanos());
            Map<String, Double> before = meter.read();
            long from = written.get();
            long begun = System.nanoTime();
            sleepUntil(begun + time.toNanos() - Duration.ofMillis(100).toNanos());
            long rows = written.get() - from;
            double seconds = (System.nanoTime() - begun) / 1e9;
            Map<String, Double> used = Meter.between(before, meter.read());
            for (Future<?> one : all) {
                one.get();
            }
            Map<String, Object> extras = new LinkedHashMap<>();
            extras.put("connections", connections);
            extras.put("batch", BATCH);
            extras.putAll(MetricsMeter.perEvent(used, (double) rows));
            return new Row("unnest", Ingest.OPERATION, 0, 1, rows / seconds, null, null, extras);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the bare inserts failed", e);
        } finally {
            postgres.run("DROP SCHEMA bare CASCADE");
        }
    }

    private static @Nullable Void write(PostgresServer postgres, int writer, long end, AtomicLong written)
            throws SQLException {
        EventStream stream =
                new EventStream("w" + writer + "-", STUDENTS, Instant.now().minus(Duration.ofHours(6)));
        try (Connection connection = postgres.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            while (System.nanoTime() < end) {
                List<EventStream.Event> batch = new ArrayList<>(BATCH);
                for (int i = 0; i < BATCH; i++) {
                    batch.add(stream.next());
                }
                for (int i = 0; i < COLUMNS.size(); i++) {
                    Object[] values = batch.stream().map(COLUMNS.get(i)).toArray();
                    insert.setArray(i + 1, connection.createArrayOf(TYPES.get(i), values));
                }
                written.addAndGet(insert.executeUpdate());
            }
        }
        return null;
    }

    static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
