package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.core.stream.Position;
import dev.homeroom.metrics.stream.Receipts;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Receipts in {@code metrics.stream_receipt}. What comes while a statement runs waits for the next one, the latest of each
 * key: a busy classroom costs one row a statement. Safe for any thread.
 */
@Singleton
public class PostgresReceipts implements Receipts {
    private static final Logger LOG = Logger.getLogger(PostgresReceipts.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 500;
    /** Keys that wait while the database is away; what is dropped beyond is only sent again. */
    private static final int MOST_WAITING = 50_000;

    private static final String FIND =
            "SELECT epoch, seq FROM metrics.stream_receipt WHERE subject = $1 AND device = $2 AND classroom = $3";
    private static final String KEEP = """
            INSERT INTO metrics.stream_receipt AS old (subject, device, classroom, epoch, seq)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
            ON CONFLICT (subject, device, classroom) DO UPDATE SET
                seq = CASE WHEN old.epoch = excluded.epoch THEN greatest(old.seq, excluded.seq) ELSE excluded.seq END,
                epoch = excluded.epoch,
                received_at = now()
            """;
    /** Devices that did not come back for a month start with a snapshot. */
    private static final String FORGET =
            "DELETE FROM metrics.stream_receipt WHERE received_at < now() - INTERVAL '30 days'";

    private final Pool database;
    private final Map<Key, Position> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean storing = new AtomicBoolean();
    private volatile Map<Key, Position> underWay = Map.of();

    /** In this database. */
    @Inject
    public PostgresReceipts(Pool database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<Position>> find(Key key) {
        Position fresh = waiting.getOrDefault(key, underWay.get(key));
        if (fresh != null) {
            return CompletableFuture.completedStage(Optional.of(fresh));
        }
        return database.preparedQuery(FIND)
                .execute(Tuple.of(key.subject(), key.device(), key.classroom()))
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map(rows -> {
                    var row = rows.iterator();
                    return row.hasNext() ? Optional.of(row.next()) : Optional.<Row>empty();
                })
                .map(row -> row.map(it -> new Position(it.getString("epoch"), it.getLong("seq"))))
                .subscribeAsCompletionStage();
    }

    @Override
    public void keep(Key key, Position position) {
        if (waiting.size() < MOST_WAITING || waiting.containsKey(key)) {
            waiting.put(key, position);
            store();
        }
    }

    @Scheduled(every = "6h", delayed = "10m")
    Uni<Void> forget() {
        return database.query(FORGET).execute().replaceWithVoid();
    }

    private void store() {
        if (waiting.isEmpty() || !storing.compareAndSet(false, true)) {
            return;
        }
        List<Map.Entry<Key, Position>> batch = take();
        database.preparedQuery(KEEP)
                .execute(tuple(batch))
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .onFailure()
                .call(failure -> {
                    LOG.warnf("Receipts are stored later: %s", failure.getMessage());
                    batch.forEach(each -> waiting.putIfAbsent(each.getKey(), each.getValue()));
                    return Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE);
                })
                .onTermination()
                .invoke(() -> {
                    underWay = Map.of();
                    storing.set(false);
                })
                .subscribe()
                .with(_ -> store(), _ -> store());
    }

    private List<Map.Entry<Key, Position>> take() {
        // In the order of the key, so that replicas never wait for each other's rows in a circle.
        List<Map.Entry<Key, Position>> batch = waiting.entrySet().stream()
                .limit(BATCH)
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .toList();
        underWay = batch.stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        batch.forEach(each -> waiting.remove(each.getKey(), each.getValue()));
        return batch;
    }

    private static Tuple tuple(List<Map.Entry<Key, Position>> batch) {
        return Tuple.tuple()
                .addArrayOfString(
                        batch.stream().map(each -> each.getKey().subject()).toArray(String[]::new))
                .addArrayOfString(
                        batch.stream().map(each -> each.getKey().device()).toArray(String[]::new))
                .addArrayOfString(
                        batch.stream().map(each -> each.getKey().classroom()).toArray(String[]::new))
                .addArrayOfString(
                        batch.stream().map(each -> each.getValue().epoch()).toArray(String[]::new))
                .addArrayOfLong(
                        batch.stream().map(each -> each.getValue().seq()).toArray(Long[]::new));
    }
}
