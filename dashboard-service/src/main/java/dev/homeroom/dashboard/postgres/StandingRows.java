package dev.homeroom.dashboard.postgres;

import static dev.homeroom.dashboard.postgres.AlertRows.array;
import static dev.homeroom.dashboard.postgres.AlertRows.utc;

import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.Standing;
import dev.homeroom.dashboard.core.StudentAlerts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How students stand, as told last: {@code dashboard.student_standing}. Who has no level and will not rise has no row. */
@ApplicationScoped
public class StandingRows {
    private static final String LOAD = "SELECT student, level, rises::text AS rises FROM dashboard.student_standing"
            + " WHERE classroom = $1 AND student = ANY($2)";

    private static final String SAVE = """
            INSERT INTO dashboard.student_standing (classroom, student, level, rises, rises_at)
            VALUES ($1, $2, $3, $4::text::jsonb, $5)
            ON CONFLICT (classroom, student) DO UPDATE SET level = EXCLUDED.level, rises = EXCLUDED.rises,
                rises_at = EXCLUDED.rises_at, told_at = now()
            """;

    private static final String DELETE =
            "DELETE FROM dashboard.student_standing WHERE classroom = $1 AND student = ANY($2)";

    private static final String DUE = "SELECT classroom, student FROM dashboard.student_standing"
            + " WHERE rises_at <= $1 ORDER BY rises_at LIMIT 1000";

    private final AlertRows rows;

    /** Takes what knows the form of the rows. */
    StandingRows(AlertRows rows) {
        this.rows = rows;
    }

    /** The same, with how each of the students stands. */
    Uni<Map<String, StudentAlerts>> beside(SqlConnection connection, String classroom, Map<String, StudentAlerts> all) {
        return connection
                .preparedQuery(LOAD)
                .execute(Tuple.of(classroom, array(all.keySet())))
                .map(found -> {
                    var known = new HashMap<String, Standing>();
                    found.forEach(row -> known.put(row.getString("student"), standing(row)));
                    var next = new LinkedHashMap<String, StudentAlerts>();
                    all.forEach((student, state) -> next.put(student, state.standing(known.get(student))));
                    return next;
                });
    }

    /** Stores what is another than before. */
    Uni<Void> save(
            SqlConnection connection,
            String classroom,
            Map<String, StudentAlerts> before,
            Map<String, StudentAlerts> after) {
        var kept = new LinkedHashMap<String, Standing>();
        var gone = new LinkedHashSet<String>();
        after.forEach((student, state) -> {
            var told = state.standing();
            var known = Objects.requireNonNull(before.get(student)).standing();
            if (told != null && says(told)) {
                if (!told.equals(known)) {
                    kept.put(student, told);
                }
            } else if (known != null) {
                gone.add(student);
            }
        });
        return insert(connection, classroom, kept).chain(() -> delete(connection, classroom, gone));
    }

    /** Whose level rises by now, by classroom; at most a thousand students. */
    Uni<Map<String, Set<String>>> due(SqlClient client, Instant now) {
        return client.preparedQuery(DUE).execute(Tuple.of(utc(now))).map(found -> {
            var due = new LinkedHashMap<String, Set<String>>();
            found.forEach(row -> due.computeIfAbsent(row.getString("classroom"), _ -> new LinkedHashSet<>())
                    .add(row.getString("student")));
            return due;
        });
    }

    private Uni<Void> insert(SqlConnection connection, String classroom, Map<String, Standing> kept) {
        var batch = kept.entrySet().stream()
                .map(entry -> row(classroom, entry.getKey(), entry.getValue()))
                .toList();
        return batch.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(SAVE).executeBatch(batch).replaceWithVoid();
    }

    private static Uni<Void> delete(SqlConnection connection, String classroom, Set<String> gone) {
        return gone.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(DELETE)
                        .execute(Tuple.of(classroom, array(gone)))
                        .replaceWithVoid();
    }

    private Tuple row(String classroom, String student, Standing standing) {
        return Tuple.tuple(Arrays.asList(
                classroom, student, standing.level().word(), rows.write(standing.rises()), utc(standing.risesAt())));
    }

    private Standing standing(Row row) {
        return new Standing(
                Level.of(row.getString("level")), List.of(rows.read(row.getString("rises"), Standing.Rise[].class)));
    }

    private static boolean says(Standing standing) {
        return standing.level() != Level.NONE || !standing.rises().isEmpty();
    }
}
