package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.tuning.Mode;
import dev.homeroom.metrics.tuning.TuningBook;
import dev.homeroom.metrics.tuning.TuningJson;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tunings in {@code metrics.tuning}. Every change takes the row of the version first, so changes come one after the other. */
@Singleton
public final class PostgresTuningBook implements TuningBook {
    private static final String ROW =
            "SELECT classroom, app, mode, version, tuning, changed_by, changed_at FROM metrics.tuning";

    private static final String LIST = ROW + """
             WHERE (?::text[] IS NULL OR classroom = ANY (?::text[])) AND (classroom, app, mode) > (?, ?, ?)
            ORDER BY classroom, app, mode LIMIT ?
            """;

    private static final String HOLDING = ROW + """
             WHERE (classroom, app) IN (('*', ?), (?, '*'), (?, ?))
            ORDER BY mode, (classroom <> '*')::int + (classroom <> '*' AND app <> '*')::int
            """;

    private static final String TURN = "SELECT version FROM metrics.tuning_version FOR UPDATE";

    private static final String COUNT = "UPDATE metrics.tuning_version SET version = version + 1";

    private static final String SAME =
            ROW + " WHERE classroom = ? AND app = ? AND mode = ? AND mode = 'live' AND tuning = ?::jsonb";

    private static final String PUT = """
            INSERT INTO metrics.tuning AS t (classroom, app, mode, version, tuning, changed_by)
            SELECT ?, ?, ?, ?, ?::jsonb, ?
            WHERE (SELECT count(*) FROM metrics.tuning) < ?
              AND (? = '*' OR (SELECT count(*) FROM metrics.tuning WHERE classroom = ?) < ?)
               OR EXISTS (SELECT FROM metrics.tuning WHERE classroom = ? AND app = ? AND mode = ?)
            ON CONFLICT (classroom, app, mode) DO UPDATE
            SET version = excluded.version, tuning = excluded.tuning, changed_by = excluded.changed_by, changed_at = now()
            RETURNING classroom, app, mode, version, tuning, changed_by, changed_at
            """;

    private static final String REMOVE = "DELETE FROM metrics.tuning WHERE classroom = ? AND app = ? AND mode = ?";

    private final DataSource database;

    /** In this database. */
    @Inject
    public PostgresTuningBook(DataSource database) {
        this.database = database;
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    @Override
    public List<Kept> list(@Nullable Set<String> classrooms, @Nullable Place after, int limit) {
        return reading(connection -> {
            try (PreparedStatement query = connection.prepareStatement(LIST)) {
                Array names = classrooms == null ? null : connection.createArrayOf("text", classrooms.toArray());
                query.setArray(1, names);
                query.setArray(2, names);
                query.setString(3, after == null ? "" : after.scope().classroom());
                query.setString(4, after == null ? "" : after.scope().app());
                query.setString(5, after == null ? "" : after.mode().word());
                query.setInt(6, limit);
                return kept(query);
            }
        });
    }

    @Override
    public List<Kept> holding(Scope scope) {
        return reading(connection -> {
            try (PreparedStatement query = connection.prepareStatement(HOLDING)) {
                query.setString(1, scope.app());
                query.setString(2, scope.classroom());
                query.setString(3, scope.classroom());
                query.setString(4, scope.app());
                return kept(query);
            }
        });
    }

    @Override
    public @Nullable Kept put(Place place, Tuning tuning, String by) {
        String json = TuningJson.write(tuning).toString();
        List<Kept> done = changing(connection -> {
            long version = turn(connection) + 1;
            List<Kept> same = same(connection, place, json);
            if (!same.isEmpty()) {
                return same;
            }
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                place(put, 1, place);
                put.setLong(4, version);
                put.setString(5, json);
                put.setString(6, by);
                put.setInt(7, MOST);
                put.setString(8, place.scope().classroom());
                put.setString(9, place.scope().classroom());
                put.setInt(10, MOST_OF_CLASSROOM);
                place(put, 11, place);
                List<Kept> kept = kept(put);
                if (!kept.isEmpty()) {
                    count(connection);
                }
                return kept;
            }
        });
        return done.isEmpty() ? null : done.getFirst();
    }

    @Override
    public boolean remove(Place place) {
        return changing(connection -> {
            var _ = turn(connection);
            try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
                place(remove, 1, place);
                boolean removed = remove.executeUpdate() > 0;
                if (removed) {
                    count(connection);
                }
                return removed;
            }
        });
    }

    /** The version, which nobody else changes until this transaction ends. */
    private static long turn(Connection connection) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(TURN);
                ResultSet row = turn.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("metrics.tuning_version is empty");
            }
            return row.getLong(1);
        }
    }

    /** Every change lets the fold read its students anew: what changes nothing is none. A trial begins anew all the same. */
    private static List<Kept> same(Connection connection, Place place, String json) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SAME)) {
            place(query, 1, place);
            query.setString(4, json);
            return kept(query);
        }
    }

    private static void count(Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.executeUpdate();
        }
    }

    private static void place(PreparedStatement statement, int first, Place place) throws SQLException {
        statement.setString(first, place.scope().classroom());
        statement.setString(first + 1, place.scope().app());
        statement.setString(first + 2, place.mode().word());
    }

    private static List<Kept> kept(PreparedStatement query) throws SQLException {
        List<Kept> kept = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Tuning tuning = RuleReader.tuning(rows.getString(5));
                kept.add(new Kept(
                        new Scope(rows.getString(1), rows.getString(2)),
                        Mode.valueOf(rows.getString(3).toUpperCase(Locale.ROOT)),
                        rows.getLong(4),
                        tuning == null ? Tuning.NONE : tuning,
                        rows.getString(6),
                        rows.getObject(7, OffsetDateTime.class).toInstant()));
            }
        }
        return kept;
    }

    private <T> T reading(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
        }
    }

    private <T> T changing(Work<T> work) {
        return reading(connection -> {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        });
    }
}
