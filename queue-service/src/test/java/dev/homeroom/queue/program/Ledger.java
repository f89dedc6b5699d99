package dev.homeroom.queue.program;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.TaskStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads out of the database what happened since the last time, and where every unfinished task stands, at one moment. */
final class Ledger implements AutoCloseable {
    /**
     * What was read.
     *
     * @param steps new transitions; those of a task in their order
     * @param rows every unfinished task
     */
    record Page(List<Told> steps, Map<UUID, Standing> rows) {}

    private static final String STEPS = "SELECT x.* FROM queue.transition x"
            + " WHERE NOT EXISTS (SELECT FROM unnest(?::uuid[], ?::int[]) AS k(task, version)"
            + " WHERE k.task = x.task AND k.version >= x.version) ORDER BY x.task, x.version";
    private static final String ROWS = "SELECT id, state, version, token, session FROM queue.task_state";

    private final Connection connection;
    private final Map<UUID, Integer> known = new HashMap<>();

    Ledger(Connection connection) {
        this.connection = connection;
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Page read() {
        try {
            var page = new Page(steps(), rows());
            connection.commit();
            return page;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Told> steps() throws SQLException {
        var steps = new ArrayList<Told>();
        try (var select = connection.prepareStatement(STEPS)) {
            var tasks = List.copyOf(known.keySet());
            select.setArray(1, connection.createArrayOf("uuid", tasks.toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "int", tasks.stream().map(known::get).toArray()));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(step(row));
                }
            }
        }
        steps.forEach(step -> known.put(step.task(), step.version()));
        return steps;
    }

    private static Told step(ResultSet row) throws SQLException {
        return new Told(
                row.getObject("task", UUID.class),
                row.getInt("version"),
                status(row.getString("from_state")),
                cause(row.getString("cause")),
                TaskStatus.of(row.getString("to_state")),
                row.getString("session"),
                row.getLong("token"),
                row.getInt("attempt"));
    }

    private Map<UUID, Standing> rows() throws SQLException {
        var rows = new HashMap<UUID, Standing>();
        try (var select = connection.createStatement();
                var row = select.executeQuery(ROWS)) {
            while (row.next()) {
                var standing = new Standing(
                        TaskStatus.of(row.getString("state")),
                        row.getInt("version"),
                        row.getLong("token"),
                        row.getString("session"));
                rows.put(row.getObject("id", UUID.class), standing);
            }
        }
        return rows;
    }

    private static @Nullable TaskStatus status(@Nullable String word) {
        return word == null ? null : TaskStatus.of(word);
    }

    private static Cause cause(String word) {
        for (var cause : Cause.values()) {
            if (cause.word().equals(word)) {
                return cause;
            }
        }
        throw new AssertionError("no such cause: " + word);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
