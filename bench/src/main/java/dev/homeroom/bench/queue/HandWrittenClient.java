package dev.homeroom.bench.queue;

import dev.homeroom.bench.server.PostgresServer;
import dev.homeroom.platform.event.EventIds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** Plain JDBC: 16 threads with a connection each, prepared statements, every statement its own commit. */
final class HandWrittenClient implements TaskClient, AutoCloseable {
    private static final int THREADS = 16;

    private static final String INSERT = "INSERT INTO hand.job (id, key, priority, run_at, state, payload)"
            + " SELECT id, key, 5, now(), 'pending', payload::json FROM unnest(?::uuid[], ?::text[], ?::text[])"
            + " AS i(id, key, payload) ON CONFLICT (key) DO NOTHING";

    private static final String CLAIM =
            "UPDATE hand.job SET state = 'running', claimed_at = now(), attempt = attempt + 1"
                    + " WHERE id = ANY(ARRAY(SELECT id FROM hand.job WHERE state = 'pending' AND run_at <= now()"
                    + " ORDER BY priority DESC, run_at LIMIT ? FOR UPDATE SKIP LOCKED)) RETURNING id, payload";

    private static final String COMPLETE = "DELETE FROM hand.job WHERE id = ANY(?) AND state = 'running'";

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("hand-", 0).daemon().factory());
    private final List<Connection> connections = new ArrayList<>();
    private final ThreadLocal<Statements> statements;

    private record Statements(
            Connection connection, PreparedStatement insert, PreparedStatement claim, PreparedStatement complete) {
        static Statements of(Connection connection) {
            try {
                return new Statements(
                        connection,
                        connection.prepareStatement(INSERT),
                        connection.prepareStatement(CLAIM),
                        connection.prepareStatement(COMPLETE));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    HandWrittenClient(PostgresServer postgres) {
        statements = ThreadLocal.withInitial(() -> {
            Connection connection = postgres.connect();
            synchronized (connections) {
                connections.add(connection);
            }
            return Statements.of(connection);
        });
    }

    @Override
    public CompletionStage<?> enqueue(int count) {
        return inThread(ready -> {
            UUID[] ids = new UUID[count];
            String[] keys = new String[count];
            String[] payloads = new String[count];
            for (int i = 0; i < count; i++) {
                ids[i] = EventIds.fresh();
                keys[i] = "key-" + ThreadLocalRandom.current().nextLong() + "-" + i;
                payloads[i] = Payloads.of(System.nanoTime());
            }
            ready.insert().setArray(1, array(ready, "uuid", ids));
            ready.insert().setArray(2, array(ready, "text", keys));
            ready.insert().setArray(3, array(ready, "text", payloads));
            return ready.insert().executeUpdate();
        });
    }

    @Override
    public CompletionStage<List<Work>> claim(int session, int count, Duration patience) {
        return inThread(ready -> {
            ready.claim().setInt(1, count);
            List<Work> works = new ArrayList<>();
            try (ResultSet rows = ready.claim().executeQuery()) {
                while (rows.next()) {
                    works.add(new Work(rows.getObject(1, UUID.class), 0, rows.getString(2)));
                }
            }
            return works;
        });
    }

    @Override
    public CompletionStage<?> complete(int session, List<Work> works) {
        return inThread(ready -> {
            UUID[] ids = works.stream().map(Work::id).toArray(UUID[]::new);
            ready.complete().setArray(1, array(ready, "uuid", ids));
            return ready.complete().executeUpdate();
        });
    }

    private static Array array(Statements ready, String type, Object[] values) throws SQLException {
        return ready.connection().createArrayOf(type, values);
    }

    private interface Job<T> {
        T run(Statements ready) throws SQLException;
    }

    private <T> CompletionStage<T> inThread(Job<T> job) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return job.run(statements.get());
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (connections) {
            for (Connection connection : connections) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
