package dev.homeroom.e2e.queue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction of somebody else that stays open until closed: with an id of its own it holds the horizon of all
 * snapshots, so that the relay may publish nothing that began later; with locks it bars the way of the statements too.
 */
final class StuckTransaction implements AutoCloseable {
    private static final int LOCKED = 5;

    private final Connection connection;

    StuckTransaction(String jdbcUrl, boolean locks) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl, "homeroom", "homeroom");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
            if (locks) {
                statement.execute("SELECT id FROM queue.task_state LIMIT " + LOCKED + " FOR UPDATE SKIP LOCKED");
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
