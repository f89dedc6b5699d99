package dev.homeroom.metrics.postgres;

import static dev.homeroom.metrics.postgres.Search.utc;

import dev.homeroom.metrics.postgres.Search.Part;
import dev.homeroom.metrics.query.Bucket;
import dev.homeroom.metrics.query.QueryBook;
import dev.homeroom.metrics.query.Question;
import dev.homeroom.metrics.query.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Answers from the tables and views of schema {@code metrics}, each list along an index. Safe for any thread. */
@Singleton
public final class PostgresQueryBook implements QueryBook {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String SUMS = "sum(events)::bigint AS events, sum(errors)::bigint AS errors,"
            + " sum(attempts)::bigint AS attempts, sum(successes)::bigint AS successes, sum(hints)::bigint AS hints";

    private final Pool database;

    /** Of this database. */
    @Inject
    public PostgresQueryBook(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<List<Rows.Rollup>> rollups(Question question, Bucket bucket) {
        String table = switch (bucket) {
            case MINUTE -> "minute_rollup";
            case HOUR -> "hour_rollup";
            case DAY -> "day_rollup";
        };
        String time = bucket.name().toLowerCase(Locale.ROOT);
        Search search = new Search(
                        "SELECT classroom, %1$s AS start, app, skill, events, errors, attempts, successes, hints FROM metrics.%2$s WHERE %1$s >= ? AND %1$s < ?"
                                .formatted(time, table),
                        utc(question.from()),
                        utc(question.to()))
                .in(question.classrooms())
                .and("app = ?", question.app())
                .and("skill = ?", question.skill())
                .page(question, time + ", app, skill", "ASC", Part.TIME, Part.TEXT, Part.TEXT);
        return rows(search, QueryRows::rollup);
    }

    @Override
    public Uni<List<Rows.StudentRollup>> students(Question question, Bucket bucket) {
        return rows(bucket == Bucket.DAY ? studentDays(question) : studentHours(question), QueryRows::studentRollup);
    }

    private static Search studentHours(Question question) {
        return of(question, "SELECT *, hour AS start FROM metrics.student_hour WHERE hour >= ? AND hour < ?")
                .page(question, "hour, classroom, student, app, skill", "ASC", studentKey());
    }

    private static Search studentDays(Question question) {
        String day = "date_bin(INTERVAL '1 day', hour, TIMESTAMPTZ '2000-01-01 00:00:00Z')";
        return of(
                        question,
                        "SELECT * FROM (SELECT classroom, %s AS start, student, app, skill, %s FROM metrics.student_hour WHERE hour >= ? AND hour < ?"
                                .formatted(day, SUMS))
                .add("GROUP BY 1, 2, 3, 4, 5) days WHERE true")
                .page(question, "start, classroom, student, app, skill", "ASC", studentKey());
    }

    private static Part[] studentKey() {
        return new Part[] {Part.TIME, Part.TEXT, Part.TEXT, Part.TEXT, Part.TEXT};
    }

    private static Search of(Question question, String sql) {
        return new Search(sql, utc(question.from()), utc(question.to()))
                .in(question.classrooms())
                .and("student = ?", question.student())
                .and("app = ?", question.app())
                .and("skill = ?", question.skill());
    }

    @Override
    public Uni<List<Rows.Episode>> episodes(Question question) {
        Search search = of(
                        question,
                        "SELECT id, classroom, student, app, detector, level, score, status, target, skill, started_at, ended_at, evidence::text AS evidence FROM metrics.episode WHERE started_at >= ? AND started_at < ?")
                .and("detector = ?", question.detector())
                .and("status = ?", question.status());
        if (question.status() == null) {
            search.add("AND status <> 'retracted'");
        }
        return rows(search.page(question, "started_at, id", "DESC", Part.TIME, Part.UUID), QueryRows::episode);
    }

    @Override
    public Uni<List<Rows.Suspect>> suspects(Question question) {
        Search search = new Search(
                        "SELECT id, app, target, level, score, status, students, classrooms, started_at, ended_at, evidence::text AS evidence FROM metrics.app_suspect WHERE started_at >= ? AND started_at < ?",
                        utc(question.from()),
                        utc(question.to()))
                .and("app = ?", question.app())
                .and("status = ?", question.status());
        if (question.status() == null) {
            search.add("AND status <> 'retracted'");
        }
        return rows(search.page(question, "started_at, id", "DESC", Part.TIME, Part.UUID), QueryRows::suspect);
    }

    @Override
    public Uni<List<Rows.Event>> events(Question question) {
        Search search = of(
                        question,
                        "SELECT id, classroom, student, app, type, target, skill, outcome, value, unit, occurred_at, at, received_at, context::text AS context FROM metrics.event WHERE at >= ? AND at < ?")
                .page(question, "at, app, id", "ASC", Part.TIME, Part.TEXT, Part.UUID);
        return rows(search, QueryRows::event);
    }

    @Override
    public Uni<List<Rows.Struggle>> struggle(Question question) {
        String classroom = Objects.requireNonNull(question.classrooms()).getFirst();
        Search search = new Search(
                        "SELECT * FROM metrics.struggle(?, ?, ?) WHERE true",
                        classroom,
                        utc(question.from()),
                        utc(question.to()))
                .and("app = ?", question.app())
                .and("skill = ?", question.skill())
                .page(question, "struggling, app, skill", "DESC", Part.NUMBER, Part.TEXT, Part.TEXT);
        return rows(search, QueryRows::struggle);
    }

    @Override
    public Uni<Rows.Snapshot> snapshot(String classroom) {
        // A classroom without life has no row in the view; it stands still.
        Search search = new Search(
                "SELECT now() AS asked, s.* FROM (SELECT 1) one LEFT JOIN metrics.classroom_snapshot s ON s.classroom = ?",
                classroom);
        return rows(search, row -> QueryRows.snapshot(classroom, row)).map(List::getFirst);
    }

    private <T> Uni<List<T>> rows(Search search, Function<Row, T> read) {
        return database.preparedQuery(search.sql())
                .execute(search.parameters())
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map((RowSet<Row> found) -> StreamSupport.stream(found.spliterator(), false)
                        .map(read)
                        .toList());
    }
}
