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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Figures from the minute rows and the episodes. Safe for any thread. */
@Singleton
public class PostgresFigureBook implements FigureBook {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * Where a bucket is whole hours, the whole hours within the range ($5 to $6) are read as such and only its ragged ends by
     * minutes; otherwise $5 and $6 are the beginning and everything is read by minutes. Episodes are counted in the buckets
     * they touch: the closed ones found by their end, the open ones by the index of those. What a suspected app explains does
     * not count.
     */
    private static final String BUCKETS = """
            WITH parts AS (
                SELECT minute AS at, events, errors, attempts, successes, hints FROM metrics.minute_rollup
                WHERE classroom = $1 AND minute >= $2 AND minute < $5
                UNION ALL
                SELECT hour, events, errors, attempts, successes, hints FROM metrics.hour_rollup
                WHERE classroom = $1 AND hour >= $5 AND hour < $6
                UNION ALL
                SELECT minute, events, errors, attempts, successes, hints FROM metrics.minute_rollup
                WHERE classroom = $1 AND minute >= $6 AND minute < $3
            ), totals AS (
                SELECT date_bin(make_interval(secs => $4), at, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS start,
                       sum(events)::bigint AS events, sum(errors)::bigint AS errors, sum(attempts)::bigint AS attempts,
                       sum(successes)::bigint AS successes, sum(hints)::bigint AS hints
                FROM parts GROUP BY 1
            ), present AS (
                SELECT minute AS at, student FROM metrics.student_minute
                WHERE classroom = $1 AND minute >= $2 AND minute < $5
                UNION ALL
                SELECT hour, student FROM metrics.student_hour WHERE classroom = $1 AND hour >= $5 AND hour < $6
                UNION ALL
                SELECT minute, student FROM metrics.student_minute
                WHERE classroom = $1 AND minute >= $6 AND minute < $3
            ), active AS (
                SELECT start, count(*) AS students FROM (
                    SELECT DISTINCT date_bin(make_interval(secs => $4), at, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS start,
                           student
                    FROM present) seen
                GROUP BY 1
            ), touching AS (
                SELECT student, started_at, ended_at FROM metrics.episode
                WHERE classroom = $1 AND status = 'closed' AND ended_at >= $2 AND started_at < $3 AND suspect IS NULL
                UNION ALL
                SELECT student, started_at, $3::timestamptz FROM metrics.episode
                WHERE classroom = $1 AND status = 'open' AND started_at < $3 AND suspect IS NULL
            ), stuck AS (
                SELECT start, count(DISTINCT student) AS struggling
                FROM touching, generate_series(
                    date_bin(make_interval(secs => $4), greatest(started_at, $2), TIMESTAMPTZ '2000-01-01 00:00:00Z'),
                    least(ended_at, $3), make_interval(secs => $4)) AS start
                GROUP BY 1
            )
            SELECT t.*, coalesce(a.students, 0) AS students, coalesce(s.struggling, 0) AS struggling
            FROM totals t LEFT JOIN active a USING (start) LEFT JOIN stuck s USING (start) ORDER BY t.start
            """;

    private static final String STUDENTS = """
            WITH rows AS (
                SELECT student, minute AS at, events, errors, attempts, successes FROM metrics.student_minute
                WHERE classroom = $1 AND minute >= $2 AND minute < $4
                UNION ALL
                SELECT student, hour, events, errors, attempts, successes FROM metrics.student_hour
                WHERE classroom = $1 AND hour >= $4 AND hour < $5
                UNION ALL
                SELECT student, minute, events, errors, attempts, successes FROM metrics.student_minute
                WHERE classroom = $1 AND minute >= $5 AND minute < $3
            ), sums AS (
                SELECT student, max(at) AS at, sum(events)::bigint AS events, sum(errors)::bigint AS errors,
                       sum(attempts)::bigint AS attempts, sum(successes)::bigint AS successes
                FROM rows GROUP BY student
            )
            SELECT m.student, m.events, m.errors, m.attempts, m.successes, coalesce(w.strength, 0) AS score,
                   coalesce(w.level, 'none') AS level,
                   coalesce((SELECT max(minute) FROM metrics.student_minute l
                             WHERE l.classroom = $1 AND l.student = m.student
                               AND l.minute >= m.at AND l.minute < m.at + INTERVAL '1 hour' AND l.minute < $3), m.at) AS last
            FROM sums m LEFT JOIN metrics.student_level w ON w.classroom = $1 AND w.student = m.student
            ORDER BY score DESC, last DESC, m.student LIMIT 500
            """;

    private static final String EPISODES = """
            SELECT id, classroom, app, detector, level, score, status, target, skill, started_at, ended_at,
                   evidence::text AS evidence, suspect
            FROM metrics.episode
            WHERE student = $1 AND status <> 'retracted' AND ($2 OR classroom = ANY($3::text[]))
            ORDER BY started_at DESC LIMIT 100
            """;

    /** Pseudonyms are a classroom's own: signals of two classrooms are not added up, the stronger ones count. */
    private static final String STANDING = """
            SELECT strength, level FROM metrics.student_level
            WHERE student = $1 AND ($2 OR classroom = ANY($3::text[]))
            ORDER BY strength DESC LIMIT 1
            """;

    private final Pool database;

    /** Of this database. */
    @Inject
    public PostgresFigureBook(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<ClassroomFigures> classroom(String classroom, Instant from, Instant to, Duration bucket) {
        boolean hours = bucket.toMinutes() % 60 == 0;
        Instant first = hours ? wholeHour(from.plus(HOUR).minusNanos(1)) : from;
        // A range without a whole hour in it is read by minutes alone.
        Instant wholeFrom = first.isAfter(to) ? from : first;
        Instant wholeTo = hours && wholeFrom.equals(first) ? wholeHour(to) : wholeFrom;
        Tuple range = Tuple.of(classroom, utc(from), utc(to), utc(wholeFrom), utc(wholeTo));
        Tuple binned =
                Tuple.of(classroom, utc(from), utc(to), (double) bucket.toSeconds(), utc(wholeFrom), utc(wholeTo));
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
        return Uni.combine()
                .all()
                .unis(
                        rows(STANDING, wanted, PostgresFigureBook::standing),
                        rows(EPISODES, wanted, PostgresFigureBook::episode))
                .with((found, episodes) -> {
                    Standing now = found.isEmpty() ? Standing.NONE : found.getFirst();
                    return new StudentFigures(student, now.level(), now.strength(), episodes);
                });
    }

    private record Standing(String level, double strength) {
        static final Standing NONE = new Standing(Level.NONE.word(), 0);
    }

    private static Standing standing(Row row) {
        return new Standing(row.getString("level"), row.getDouble("strength"));
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
        return new StudentRow(
                row.getString("student"),
                row.getString("level"),
                row.getDouble("score"),
                instant(row, "last"),
                row.getLong("events"),
                row.getLong("errors"),
                row.getLong("attempts"),
                row.getLong("successes"));
    }

    private static EpisodeRow episode(Row row) {
        @Nullable OffsetDateTime until = row.getOffsetDateTime("ended_at");
        @Nullable UUID suspect = row.getUUID("suspect");
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
                json(row.getString("evidence")),
                suspect == null ? null : suspect.toString());
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

    private static Instant wholeHour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
