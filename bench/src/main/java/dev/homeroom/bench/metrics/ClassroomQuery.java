package dev.homeroom.bench.metrics;

import dev.homeroom.bench.http.HttpLoad;
import dev.homeroom.bench.load.ClosedLoop;
import dev.homeroom.bench.load.Measured;
import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.MetricsServer;
import dev.homeroom.bench.server.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Figures of a classroom of 40 over 30 days, by the hour, from the service over HTTP. The rows are made by SQL, not by
 * the fold: every student active 60 minutes on each of 30 days, so 72,000 rows a classroom in {@code student_minute} and
 * 3,600 in {@code minute_rollup}; with the hours that follow from them and an episode a student and day.
 */
public final class ClassroomQuery {
    /** Its name in figures. */
    public static final String OPERATION = "classroom over 30 days";

    private static final int DAYS = 30;
    private static final int MINUTES = 60;
    private static final int ROWS_OF_A_CLASSROOM = EventStream.CLASSROOM * DAYS * MINUTES;

    /** {@code $1}: classrooms; {@code $2}: the first moment. */
    private static final String STUDENTS = """
            INSERT INTO metrics.student_minute (classroom, minute, student, events, errors, attempts, successes)
            SELECT 'q' || c, TIMESTAMPTZ '%2$s' + make_interval(days => d, mins => m), 's' || s, 5, 1, 2, 1
            FROM generate_series(0, %1$d - 1) c, generate_series(0, 29) d, generate_series(0, 59) m,
                 generate_series(1, 40) s
            """;

    private static final String MINUTES_OF_CLASS = """
            INSERT INTO metrics.minute_rollup
                (classroom, minute, app, skill, events, errors, attempts, successes, hints)
            SELECT 'q' || c, TIMESTAMPTZ '%2$s' + make_interval(days => d, mins => m), 'bench', 'skill' || k,
                   100, 20, 40, 20, 5
            FROM generate_series(0, %1$d - 1) c, generate_series(0, 29) d, generate_series(0, 59) m,
                 generate_series(1, 2) k
            """;
    private static final String EPISODES = """
            INSERT INTO metrics.episode (id, revision, status, classroom, student, app, detector, level, score, target,
                                         started_at, ended_at, evidence, caused_at)
            SELECT gen_random_uuid(), 2, 'closed', 'q' || c, 's' || s, 'bench', 'repeated-errors', 'medium', 0.5, 'ex1',
                   TIMESTAMPTZ '%2$s' + make_interval(days => d, mins => s),
                   TIMESTAMPTZ '%2$s' + make_interval(days => d, mins => s + 4), '{}', now()
            FROM generate_series(0, %1$d - 1) c, generate_series(0, 29) d, generate_series(1, 40) s
            """;

    private ClassroomQuery() {}

    /** Makes about so many rows, then asks one classroom after the other for a warm-up and a time. */
    public static Row run(
            PostgresServer postgres,
            MetricsServer service,
            long rows,
            Meter meter,
            Duration warmUp,
            Duration time,
            ScheduledExecutorService timer) {
        int classrooms = (int) Math.max(1, rows / ROWS_OF_A_CLASSROOM);
        Instant to = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant from = to.minus(DAYS, ChronoUnit.DAYS);
        for (String fill : new String[] {STUDENTS, MINUTES_OF_CLASS, EPISODES}) {
            postgres.run(String.format(fill, classrooms, from));
        }
        postgres.run("VACUUM (ANALYZE) metrics.student_minute", "VACUUM (ANALYZE) metrics.minute_rollup", "ANALYZE");
        int[] turn = {0};
        try (HttpLoad http = new HttpLoad(service.port(), 1, service.asService())) {
            Measured seen = ClosedLoop.run(
                    (_, done) -> http.get(
                            "/figures/classrooms/q" + turn[0]++ % classrooms + "?from=" + from + "&to=" + to
                                    + "&bucket=PT1H",
                            done,
                            _ -> done.ok()),
                    1,
                    warmUp,
                    time,
                    meter,
                    timer);
            Map<String, Object> extras = new LinkedHashMap<>();
            extras.put("classrooms", classrooms);
            extras.put("student_minute_rows", (long) classrooms * ROWS_OF_A_CLASSROOM);
            extras.putAll(
                    MetricsMeter.perEvent(seen.used(), (double) seen.whole().count()));
            if (seen.failures() > 0) {
                extras.put("failures", seen.failures());
                extras.put("first_failure", String.valueOf(seen.firstFailure()));
            }
            return new Row(
                    "homeroom",
                    OPERATION,
                    1,
                    1,
                    seen.perSecond(),
                    seen.whole().millisAt(0.5),
                    seen.whole().millisAt(0.99),
                    extras);
        }
    }
}
