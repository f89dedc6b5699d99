package dev.homeroom.e2e.queue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the queue's tables say, read from outside; a new connection each time, because the server may be new. */
public final class Histories {
    /**
     * One step of a task.
     *
     * @param from the state before; empty for the first step
     * @param session who held it; empty: nobody
     * @param words result or reason, as text; empty: none
     */
    public record Step(
            int version, String from, String to, String cause, String session, long token, int attempt, String words) {}

    /** A task with all its steps in the order of their versions. */
    public record History(String task, String key, int maxAttempts, List<Step> steps) {
        /** The last step. */
        public Step last() {
            return steps.getLast();
        }
    }

    private interface Read<T> {
        T from(ResultSet rows) throws SQLException;
    }

    private final String jdbcUrl;

    /** Of this database. */
    public Histories(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** The tasks whose type begins so, by id. */
    public Map<String, History> of(String types) {
        return query("""
                select t.id::text, coalesce(t.idempotency_key, ''), t.max_attempts, x.version,
                    coalesce(x.from_state, ''), x.to_state, x.cause, coalesce(x.session, ''), coalesce(x.token, 0),
                    x.attempt, coalesce(x.result::text, x.reason, '')
                from queue.task t join queue.transition x on x.task = t.id
                where starts_with(t.type, ?) order by t.id, x.version""", Histories::histories, types);
    }

    private static Map<String, History> histories(ResultSet rows) throws SQLException {
        Map<String, History> all = new LinkedHashMap<>();
        while (rows.next()) {
            String task = rows.getString(1);
            History history = all.get(task);
            if (history == null) {
                history = new History(task, rows.getString(2), rows.getInt(3), new ArrayList<>());
                all.put(task, history);
            }
            history.steps()
                    .add(new Step(
                            rows.getInt(4),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getString(7),
                            rows.getString(8),
                            rows.getLong(9),
                            rows.getInt(10),
                            rows.getString(11)));
        }
        return all;
    }

    /** How many tasks of these types are not over; the database must answer. */
    long unfinished(String types) {
        return number("select count(*) from queue.task_state where starts_with(type, ?)", types);
    }

    /** How many steps are yet to be published. */
    long unpublished() {
        return number("""
                select count(*) from queue.transition x, queue.outbox_cursor c
                where c.name = 'queue.transition' and (x.xid, x.position) > (c.xid, c.position)""");
    }

    private long number(String sql, Object... parameters) {
        return query(
                sql,
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                },
                parameters);
    }

    private <T> T query(String sql, Read<T> read, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "homeroom", "homeroom");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read.from(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
