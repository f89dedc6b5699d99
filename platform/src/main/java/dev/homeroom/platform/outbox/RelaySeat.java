package dev.homeroom.platform.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The place of the one active relay of a table: a session lock of PostgreSQL. Every step of the relay runs on the
 * connection that holds the lock, so that whoever has lost the lock (with the connection) cannot take a step.
 */
final class RelaySeat implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RelaySeat.class);
    /** Longer than the longest step between two statements (publishing a batch); a paused process loses its seat. */
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

    private final Connection connection;
    private final String name;

    private RelaySeat(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** Opens the connection; the lock is not held yet. */
    static RelaySeat open(ConnectionSource source, String name) throws SQLException {
        Connection connection = source.open();
        try {
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, (int) (2 * STATEMENT_LIMIT.toMillis()));
            try (Statement settings = connection.createStatement()) {
                settings.execute("SET idle_session_timeout = '" + IDLE_LIMIT.toMillis() + "ms'");
                settings.execute("SET statement_timeout = '" + STATEMENT_LIMIT.toMillis() + "ms'");
                // The server notices within seconds when this machine is gone without a word.
                settings.execute("SET tcp_keepalives_idle = 5");
                settings.execute("SET tcp_keepalives_interval = 2");
                settings.execute("SET tcp_keepalives_count = 3");
            }
            return new RelaySeat(connection, name);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Takes the lock if nobody holds it. Call it once only: the lock counts. */
    boolean tryTake() throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(
                "SELECT pg_try_advisory_lock(hashtextextended('homeroom.outbox:' || ?, 0))")) {
            take.setString(1, name);
            try (ResultSet row = take.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    Connection connection() {
        return connection;
    }

    /** Gives the lock up and the connection back, in the state in which it was. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_advisory_unlock_all()");
                    statement.execute("RESET ALL");
                }
                connection.setNetworkTimeout(Runnable::run, 0);
            }
        } catch (SQLException e) {
            LOG.debugf("The connection of %s was gone already: %s", name, e.getMessage());
        }
    }
}
