package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.retention.Retention;
import dev.homeroom.metrics.retention.RetentionSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/** Retention by the functions of migration V7, which know whether this database has hypertables or plain tables. */
@Singleton
public final class PostgresRetention implements Retention {
    /** Rows of a table that one statement removes: some tens of milliseconds. */
    private static final int AT_ONCE = 5_000;

    /** Statements of a round; what is left is for the next. */
    private static final int PORTIONS = 200;

    private final DataSource database;
    private final RetentionSettings settings;

    /** In this database. */
    @Inject
    public PostgresRetention(DataSource database, RetentionSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Removed round(Instant now) {
        try (Connection connection = database.getConnection()) {
            one(
                    connection,
                    "SELECT 0 FROM metrics.ensure_event_partition(?::timestamptz)",
                    now.plus(Duration.ofDays(7)));
            long events = one(connection, "SELECT metrics.drop_events(?::timestamptz)", now.minus(settings.events()));
            long students = portions(connection, "drop_student_rows", now.minus(settings.students()))
                    + portions(connection, "drop_shadow_rows", now.minus(settings.students()))
                    + portions(connection, "drop_suspects", now.minus(settings.students()));
            long rollups = portions(connection, "drop_rollups", now.minus(settings.rollups()));
            long peers = portions(connection, "drop_peers", now.minus(settings.events()));
            return new Removed((int) events, students, rollups + peers);
        } catch (SQLException e) {
            throw new StoreUnavailableException("what is old cannot be removed now: " + e.getMessage(), e);
        }
    }

    private static long portions(Connection connection, String function, Instant before) throws SQLException {
        long all = 0;
        for (int i = 0; i < PORTIONS; i++) {
            long removed =
                    one(connection, "SELECT metrics.%s(?::timestamptz, %d)".formatted(function, AT_ONCE), before);
            all += removed;
            if (removed == 0) {
                break;
            }
        }
        return all;
    }

    private static long one(Connection connection, String sql, Instant at) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, at.toString());
            try (ResultSet row = call.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
