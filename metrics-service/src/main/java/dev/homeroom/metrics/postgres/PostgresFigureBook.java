package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.FigureBook;
import dev.homeroom.metrics.core.Level;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Figures from the minute rows and the episodes. Safe for any thread. */
@Singleton
public class PostgresFigureBook implements FigureBook {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String BUCKETS = """
            WITH totals AS (
                SELECT date_bin(make_interval(secs => $4), minute, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS start,
                       sum(events)::bigint AS events, sum(errors)::bigint AS errors, sum(attempts)::bigint AS attempts,
                       sum(successes)::bigint AS successes, sum(hints)::bigint AS hints
                FROM metrics.minute_rollup WHERE classroom = $1 AND minute >= $2 AND minute < $3 GROUP BY 1
            ), active AS (
                SELECT date_bin(make_interval(secs => $4), minute, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS start,
                       count(DISTINCT student) AS students
                FROM metrics.student_minute WHERE classroom = $1 AND minute >= $2 AND minute < $3 GROUP BY 1
            )
            SELECT t.*, coalesce(a.students, 0) AS students,
                   (SELECT count(DISTINCT e.student) FROM metrics.episode e
                    WHERE e.classroom = $1 AND e.status <> 'retracted'
                      AND e.started_at < t.start + make_interval(secs => $4)
                      AND (e.ended_at IS NULL OR e.ended_at >= t.start)) AS struggling
            FROM totals t LEFT JOIN active a USING (start) ORDER BY t.start
            """;
    private static final String STUDENTS = """
            SELECT m.*, (SELECT max(e.score) FROM metrics.episode e
                         WHERE e.classroom = $1 AND e.student = m.student AND e.status = 'open') AS score
            FROM (SELECT student, max(minute) AS last, sum(events)::bigint AS events, sum(errors)::bigint AS errors,
                         sum(attempts)::bigint AS attempts, sum(successes)::bigint AS successes
                  FROM metrics.student_minute WHERE classroom = $1 AND minute >= $2 AND minute < $3
                  GROUP BY student) m
            ORDER BY score DESC NULLS LAST, m.last DESC, m.student LIMIT 500
            """;
    private static final String EPISODES = """
            SELECT id, classroom, app, detector, level, score, status, target, skill, started_at, ended_at,
                   evidence::text AS evidence
            FROM metrics.episode
            WHERE student = $1 AND status <> 'retracted' AND ($2 OR classroom = ANY($3::text[]))
            ORDER BY started_at DESC LIMIT 100
            """;

    private final Pool database;

    /** Of this database. */
    @Inject
    public PostgresFigureBook(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<ClassroomFigures> classroom(String classroom, Instant from, Instant to, Duration bucket) {
        Tuple range = Tuple.of(classroom, utc(from), utc(to));
        Tuple binned = Tuple.of(classroom, utc(from), utc(to), (double) bucket.toSeconds());
        return Uni.combine()
                .all()
                .unis(
                        rows(BUCKETS, binned, PostgresFigureBook::bucket),
                        rows(STUDENTS, range, PostgresFigureBook::student))
                .with((buckets, students) -> new ClassroomFigures(classroom, buckets, students));
    }

    @Override
    public Uni<StudentFigures> student(String student, Set<String> classrooms, boolean everywhere) {
        Tuple wanted = Tuple.tuple()
                .addString(student)
                .addBoolean(everywhere)
                .addArrayOfString(classrooms.toArray(String[]::new));
        return rows(EPISODES, wanted, PostgresFigureBook::episode).map(episodes -> {
            double score = episodes.stream()
                    .filter(each -> each.until() == null)
                    .mapToDouble(EpisodeRow::score)
                    .max()
                    .orElse(0);
            return new StudentFigures(student, Level.of(score).word(), score, episodes);
        });
    }

    private <T> Uni<List<T>> rows(String sql, Tuple parameters, Function<Row, T> read) {
        return database.preparedQuery(sql)
                .execute(parameters)
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map((RowSet<Row> found) -> StreamSupport.stream(found.spliterator(), false)
                        .map(read)
                        .toList());
    }

    private static Bucket bucket(Row row) {
        long attempts = row.getLong("attempts");
        long successes = row.getLong("successes");
        return new Bucket(
                instant(row, "start"),
                row.getLong("events"),
                row.getLong("students"),
                row.getLong("errors"),
                attempts,
                successes,
                row.getLong("hints"),
                attempts == 0 ? null : (double) successes / attempts,
                row.getLong("struggling"));
    }

    private static StudentRow student(Row row) {
        Double worst = row.getDouble("score");
        double score = worst == null ? 0 : worst;
        return new StudentRow(
                row.getString("student"),
                Level.of(score).word(),
                score,
                instant(row, "last"),
                row.getLong("events"),
                row.getLong("errors"),
                row.getLong("attempts"),
                row.getLong("successes"));
    }

    private static EpisodeRow episode(Row row) {
        @Nullable OffsetDateTime until = row.getOffsetDateTime("ended_at");
        return new EpisodeRow(
                row.getUUID("id").toString(),
                row.getString("classroom"),
                row.getString("app"),
                row.getString("detector"),
                row.getString("level"),
                row.getDouble("score"),
                row.getString("status"),
                row.getString("target"),
                row.getString("skill"),
                instant(row, "started_at"),
                until == null ? null : until.toInstant(),
                json(row.getString("evidence")));
    }

    private static JsonNode json(String text) {
        try {
            return EventJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
