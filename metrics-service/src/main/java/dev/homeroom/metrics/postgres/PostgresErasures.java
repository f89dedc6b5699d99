package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.student.StudentErased;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.erasure.Erasures;
import dev.homeroom.platform.event.EventIds;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Forgets students in schema {@code metrics}. Safe for several threads. */
@Singleton
public final class PostgresErasures implements Erasures {
    /**
     * Every transaction of the fold begins by changing a row of this table. So this waits for those that have begun, and those
     * that begin later see the list: none can slip between the decision and the deletion.
     */
    private static final String WAIT_FOR_THE_FOLD =
            "SET LOCAL lock_timeout = '2s'; LOCK TABLE metrics.partition_offset IN SHARE MODE";

    private static final String DECIDE = """
            INSERT INTO metrics.erased_student (hash, student, asked_at) VALUES (?, ?, ?::timestamptz)
            ON CONFLICT (hash) DO UPDATE SET student = excluded.student
            """;

    private static final String WAITING = """
            SELECT encode(hash, 'hex'), student FROM metrics.erased_student WHERE student IS NOT NULL ORDER BY asked_at LIMIT 100
            """;

    private static final String DONE =
            "UPDATE metrics.erased_student SET student = NULL, done_at = now() WHERE hash = decode(?, 'hex') AND student IS NOT NULL";

    private static final String DELETE = "SELECT metrics.delete_student_rows(?, ?, ?)";

    private static final int VALID_SECONDS = 2;

    private final DataSource database;
    private final Suppression suppression;
    private final Outbox outbox;

    /** In this database; the secret of the hashes is the setting's or, without one, the database's. */
    @Inject
    public PostgresErasures(
            DataSource database, Clock clock, @ConfigProperty(name = "homeroom.erasure.key") Optional<String> secret) {
        this.database = database;
        this.suppression = new Suppression(secret);
        this.outbox = new Outbox(clock);
    }

    @Override
    public void confirmKey() {
        try (Connection connection = database.getConnection()) {
            suppression.confirmKey(connection);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private record Waiting(String hash, String student) {}

    @Override
    public void decide(String student, Instant now) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean decided = false;
            try {
                decide(connection, student, now);
                connection.commit();
                decided = true;
            } finally {
                if (!decided) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private void decide(Connection connection, String student, Instant now) throws SQLException {
        try (var waiting = connection.createStatement()) {
            waiting.execute(WAIT_FOR_THE_FOLD);
        }
        try (PreparedStatement insert = connection.prepareStatement(DECIDE)) {
            insert.setBytes(1, suppression.hash(connection).hash(student));
            insert.setString(2, student);
            insert.setString(3, now.toString());
            insert.executeUpdate();
        }
        StudentErased erased = new StudentErased(student, now.truncatedTo(ChronoUnit.MILLIS));
        String id = EventIds.fresh().toString();
        outbox.append(connection, EventType.STUDENT_ERASED, List.of(new Outbox.Entry(student, id, erased)));
    }

    /** One after the other; what fails for one is told when the others had their turn. */
    @Override
    public long deleteRows() {
        try (Connection connection = database.getConnection()) {
            long rows = 0;
            SQLException failed = null;
            for (Waiting each : waiting(connection)) {
                try {
                    rows += deleteRows(connection, each);
                } catch (SQLException e) {
                    if (!connection.isValid(VALID_SECONDS)) {
                        throw e;
                    }
                    failed = e;
                }
            }
            if (failed != null) {
                throw failed;
            }
            return rows;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static List<Waiting> waiting(Connection connection) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(WAITING);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                waiting.add(new Waiting(rows.getString(1), rows.getString(2)));
            }
        }
        return waiting;
    }

    /** The rows of a table go in one transaction, the name in the last: whatever is cut short is done again. */
    private static long deleteRows(Connection connection, Waiting each) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT metrics.student_tables()");
                ResultSet names = query.executeQuery()) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        Array classrooms = classrooms(connection, each.student());
        long rows = 0;
        for (String table : tables) {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, each.student());
                delete.setString(2, table);
                delete.setArray(3, classrooms);
                rows += number(delete);
            }
        }
        try (PreparedStatement untold = connection.prepareStatement("SELECT metrics.delete_student_outbox(?)")) {
            untold.setString(1, each.student());
            rows += number(untold);
        }
        try (PreparedStatement done = connection.prepareStatement(DONE)) {
            done.setString(1, each.hash());
            done.executeUpdate();
        }
        return rows;
    }

    private static Array classrooms(Connection connection, String student) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT metrics.student_classrooms(?)")) {
            query.setString(1, student);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getArray(1);
            }
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static StoreUnavailableException unavailable(SQLException e) {
        // The lines behind the first may quote the data.
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new StoreUnavailableException("a student cannot be forgotten now: " + reason, e);
    }
}
