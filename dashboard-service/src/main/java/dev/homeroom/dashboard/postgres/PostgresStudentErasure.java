package dev.homeroom.dashboard.postgres;

import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.StudentErasure;
import dev.homeroom.dashboard.core.Command;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Forgets students in schema {@code dashboard}. */
@ApplicationScoped
public class PostgresStudentErasure implements StudentErasure {
    /** Whose word it is that alerts are dismissed. */
    static final String BY = "erasure";

    /**
     * Waits for everybody who has a classroom's turn; those who come later see the list: nobody can slip between the list and
     * the deletion.
     */
    private static final String WAIT_FOR_TURNS = "SELECT pg_advisory_xact_lock(x'65726173'::int, 0)";

    private static final String ACTIVE =
            "SELECT classroom, id FROM dashboard.alert WHERE student = $1 AND closed_at IS NULL";

    private static final String CLASSROOMS = """
            SELECT classroom FROM dashboard.alert WHERE student = $1
            UNION SELECT classroom FROM dashboard.alert_episode WHERE student = $1
            UNION SELECT classroom FROM dashboard.student_standing WHERE student = $1
            UNION SELECT classroom FROM dashboard.intervention WHERE student = $1
            UNION SELECT classroom FROM dashboard.alert_change WHERE body ->> 'student' = $1
            """;

    private static final String DELETE = "SELECT dashboard.delete_student_rows($1, $2)";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Pool pool;
    private final AlertBook alerts;
    private final ErasedStudents erased;
    private final Clock clock = Clock.systemUTC();

    /** Takes the service's pool, the book that dismisses alerts, and the list. */
    PostgresStudentErasure(Pool pool, AlertBook alerts, ErasedStudents erased) {
        this.pool = pool;
        this.alerts = alerts;
        this.erased = erased;
    }

    @Override
    public Uni<Void> erase(String student) {
        return decide(student)
                .chain(() -> each(ACTIVE, student, this::dismiss))
                .chain(() -> each(CLASSROOMS, student, row -> delete(row.getString("classroom"), student)));
    }

    private Uni<Void> decide(String student) {
        return pool.withTransaction(connection ->
                        connection.query(WAIT_FOR_TURNS).execute().chain(() -> erased.add(connection, student)))
                .ifNoItem()
                .after(LIMIT)
                .fail();
    }

    /** Live pages hear of it as of every change. An alert that was closed meanwhile is as good. */
    private Uni<Void> dismiss(Row alert) {
        UUID id = alert.getUUID("id");
        var act = new Command.Act(id.toString(), Command.Action.DISMISS, BY, clock.instant(), null, null);
        return alerts.act(alert.getString("classroom"), new AlertBook.Request(act, null))
                .replaceWithVoid();
    }

    private Uni<Void> delete(String classroom, String student) {
        return pool.withTransaction(connection -> connection
                        .preparedQuery(PostgresAlertBook.TURN)
                        .execute(Tuple.of(classroom))
                        .chain(() -> connection.preparedQuery(DELETE).execute(Tuple.of(classroom, student))))
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .replaceWithVoid();
    }

    private Uni<Void> each(String query, String student, Function<Row, Uni<Void>> work) {
        return pool.preparedQuery(query)
                .execute(Tuple.of(student))
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(list(rows)))
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<Row> list(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
