package dev.homeroom.dashboard.postgres;

import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.DashboardSettings;
import dev.homeroom.dashboard.core.AlertStatus;
import dev.homeroom.dashboard.core.Alerts;
import dev.homeroom.dashboard.core.Change;
import dev.homeroom.dashboard.core.Command;
import dev.homeroom.dashboard.core.Decision;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.Policy;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.dashboard.core.StudentAlerts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The alerts in PostgreSQL. Every change happens in a transaction that first takes the classroom's turn, then reads,
 * decides and writes.
 */
@ApplicationScoped
public class PostgresAlertBook implements AlertBook {
    /**
     * The first statement of every change: an advisory lock on the classroom, held until the end of the transaction.
     * It is taken before anything is written and so before PostgreSQL gives the transaction its id: of two changes of
     * one classroom the later one in {@code seq} also has the higher transaction id. The outbox is relayed in the order
     * of transaction ids; this makes it the order of {@code seq}. A row lock could not: an UPDATE takes its id first
     * and then waits. The other lock, which everybody shares, is what an erasure waits for.
     */
    static final String TURN = "SELECT pg_advisory_xact_lock(x'686d7264'::int, hashtext($1)),"
            + " pg_advisory_xact_lock_shared(x'65726173'::int, 0)";

    private static final String DUE =
            "SELECT id, classroom FROM dashboard.alert WHERE snoozed_until <= $1 ORDER BY snoozed_until LIMIT 100";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Pool pool;
    private final AlertRows rows;
    private final AlertWrites writes;
    private final AlertQueries queries;
    private final AlertOutbox outbox;
    private final ErasedStudents erased;
    private final StandingRows standings;
    private final Policy policy;

    /** Takes the service's pool, what reads and writes, and the policy of the settings. */
    PostgresAlertBook(
            Pool pool,
            AlertRows rows,
            AlertWrites writes,
            AlertQueries queries,
            AlertOutbox outbox,
            ErasedStudents erased,
            StandingRows standings,
            DashboardSettings settings) {
        this.pool = pool;
        this.rows = rows;
        this.writes = writes;
        this.queries = queries;
        this.outbox = outbox;
        this.erased = erased;
        this.standings = standings;
        this.policy = settings.alerts().policy();
    }

    @Override
    public Uni<Integer> observe(String classroom, List<Revision> revisions) {
        var students = students(revisions);
        return inTurn(
                classroom,
                connection -> erased.among(connection, students)
                        .flatMap(gone -> observe(
                                connection,
                                classroom,
                                revisions.stream()
                                        .filter(each ->
                                                !gone.contains(each.episode().student()))
                                        .toList())));
    }

    private Uni<Integer> observe(SqlConnection connection, String classroom, List<Revision> revisions) {
        if (revisions.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var episodes = revisions.stream().map(each -> each.episode().id()).collect(Collectors.toSet());
        return load(connection, classroom, students(revisions), episodes)
                .flatMap(before -> store(connection, classroom, before, Decided.of(before, revisions, policy)));
    }

    private Uni<Map<String, StudentAlerts>> load(
            SqlConnection connection, String classroom, Set<String> students, Set<String> episodes) {
        return rows.load(connection, classroom, students, episodes, Set.of())
                .flatMap(all -> standings.beside(connection, classroom, all));
    }

    private static Set<String> students(List<Revision> revisions) {
        return revisions.stream().map(each -> each.episode().student()).collect(Collectors.toSet());
    }

    @Override
    public Uni<Optional<Alert>> find(UUID id) {
        return queries.find(pool, id).ifNoItem().after(LIMIT).fail();
    }

    @Override
    public Uni<Done> act(String classroom, Request request) {
        var id = UUID.fromString(request.act().alert());
        return inTurn(
                classroom,
                connection -> queries.repeated(connection, id, request.id())
                        .flatMap(repeated -> repeated
                                ? found(connection, id)
                                : rows.load(connection, classroom, Set.of(), Set.of(), Set.of(id))
                                        .flatMap(all -> act(connection, classroom, all, request))));
    }

    @Override
    public Uni<Integer> wake(Instant now) {
        return awake(now).flatMap(woken -> rise(now).map(risen -> woken + risen));
    }

    private Uni<Integer> awake(Instant now) {
        return pool.preparedQuery(DUE)
                .execute(Tuple.of(AlertRows.utc(now)))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(row -> wake(row.getString("classroom"), row.getUUID("id"), now))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> rise(Instant now) {
        return standings
                .due(pool, now)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due.entrySet()))
                .onItem()
                .transformToUniAndConcatenate(due -> rise(due.getKey(), due.getValue(), now))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> rise(String classroom, Set<String> students, Instant now) {
        return inTurn(
                classroom,
                connection -> load(connection, classroom, students, Set.of())
                        .flatMap(before -> store(connection, classroom, before, Decided.of(before, now, policy))));
    }

    @Override
    public Uni<List<Alert>> list(String classroom, Set<AlertStatus> statuses, @Nullable UUID after, int limit) {
        return queries.list(pool, classroom, statuses, after, limit)
                .ifNoItem()
                .after(LIMIT)
                .fail();
    }

    @Override
    public Uni<History> history(String classroom, long after, int limit) {
        return queries.history(pool, classroom, after, limit)
                .ifNoItem()
                .after(LIMIT)
                .fail();
    }

    @Override
    public Uni<List<Episode>> episodes(String classroom, Set<String> students, Instant since) {
        return queries.episodes(pool, classroom, students, since)
                .ifNoItem()
                .after(LIMIT)
                .fail();
    }

    private Uni<Done> act(SqlConnection connection, String classroom, Map<String, StudentAlerts> all, Request request) {
        var id = request.act().alert();
        var state = all.values().stream().filter(s -> s.alert(id).isPresent()).findFirst();
        if (state.isEmpty()) {
            return Uni.createFrom().item(new Done.Unknown());
        }
        return switch (Alerts.decide(state.get(), request.act(), policy)) {
            case Decision.Unknown() -> Uni.createFrom().item(new Done.Unknown());
            case Decision.WrongStatus(var status) -> Uni.createFrom().item(new Done.WrongStatus(status));
            case Decision.Taken(var _, var changes) ->
                publish(connection, classroom, changes, request.id())
                        .chain(() -> found(connection, UUID.fromString(id)));
        };
    }

    private Uni<Integer> wake(String classroom, UUID id, Instant now) {
        return inTurn(
                classroom,
                connection -> rows.load(connection, classroom, Set.of(), Set.of(), Set.of(id))
                        .flatMap(all -> {
                            var changes = new ArrayList<Change>();
                            for (var state : all.values()) {
                                if (Alerts.decide(state, new Command.Wake(id.toString(), now), policy)
                                        instanceof Decision.Taken taken) {
                                    changes.addAll(taken.changes());
                                }
                            }
                            return publish(connection, classroom, changes, null);
                        }));
    }

    private Uni<Integer> store(
            SqlConnection connection, String classroom, Map<String, StudentAlerts> before, Decided decided) {
        var revised = new HashMap<Episode, @Nullable UUID>();
        decided.after().forEach((student, state) -> {
            var known = holders(Objects.requireNonNull(before.get(student)));
            holders(state).forEach((episode, alert) -> {
                if (!known.containsKey(episode)) {
                    revised.put(episode, alert);
                }
            });
        });
        return publish(connection, classroom, decided.changes(), null)
                .call(() -> writes.episodes(connection, classroom, revised))
                .call(() -> standings.save(connection, classroom, before, decided.after()));
    }

    private static Map<Episode, @Nullable UUID> holders(StudentAlerts state) {
        var holders = new HashMap<Episode, @Nullable UUID>();
        state.quiet().values().forEach(episode -> holders.put(episode, null));
        for (var alert : state.alerts()) {
            alert.episodes().values().forEach(episode -> holders.put(episode, UUID.fromString(alert.id())));
        }
        return holders;
    }

    private Uni<Integer> publish(
            SqlConnection connection, String classroom, List<Change> changes, @Nullable UUID requestId) {
        return writes.changes(connection, classroom, changes, requestId)
                .call(published -> outbox.append(connection, published))
                .map(List::size);
    }

    private Uni<Done> found(SqlConnection connection, UUID id) {
        return queries.find(connection, id)
                .map(alert -> alert.<Done>map(Done.Yes::new).orElseGet(Done.Unknown::new));
    }

    /** Runs the work in a transaction that has the classroom for itself; the relay hears of it after the commit. */
    private <T> Uni<T> inTurn(String classroom, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                        .preparedQuery(TURN)
                        .execute(Tuple.of(classroom))
                        .flatMap(_ -> work.apply(connection)))
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .invoke(outbox::wake);
    }
}
