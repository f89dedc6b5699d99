package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.PostgresServer;
import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.process.Await;
import dev.homeroom.queue.Parts;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.RetryPolicy;
import dev.homeroom.queue.grpc.GrpcGrantAuthority;
import dev.homeroom.queue.postgres.Connections;
import dev.homeroom.queue.postgres.Database;
import dev.homeroom.queue.postgres.PostgresTaskStore;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** The queue's application in this process, put together as queue-service does, with its connections and schedules. */
final class Engine implements AutoCloseable {
    /** As in queue-service's application.properties. */
    private static final int CONNECTIONS = 8;

    private static final Map<String, String> SETTINGS = Map.of(
            "statement_timeout", "5000",
            "plan_cache_mode", "force_generic_plan",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off",
            "jit", "off");
    private static final long LOOK_MILLIS = 100;
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Channels channels;
    private final Pool pool;
    private final Parts parts;

    Engine(PostgresServer postgres, HomeroomCluster coordinator) {
        channels = new Channels(List.of(coordinator.httpPort(0)), 1, List.of());
        PgConnectOptions options = PgConnectOptions.fromUri("postgresql://" + postgres.address())
                .setUser(EmbeddedPostgresServer.USER)
                .setPassword(EmbeddedPostgresServer.USER);
        Connections.preparing(options);
        SETTINGS.forEach(options::addProperty);
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .connectingTo(options)
                .using(vertx)
                .build();
        RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1));
        parts = Parts.of(
                new PostgresTaskStore(new Database(pool), retries),
                new GrpcGrantAuthority(channels.of(0), credentials(coordinator.serviceToken())));
        parts.floor().raise();
        vertx.setPeriodic(LOOK_MILLIS, timer -> parts.waiting().tick());
    }

    /** Makes or brings up to date the queue's tables. */
    static void migrate(PostgresServer postgres) {
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + postgres.address(),
                        EmbeddedPostgresServer.USER,
                        EmbeddedPostgresServer.USER)
                .locations("db/queue")
                .schemas("queue")
                .defaultSchema("queue")
                .load()
                .migrate();
    }

    private static CallCredentials credentials(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
                applier.apply(headers);
            }
        };
    }

    TaskQueue queue() {
        return parts.queue();
    }

    /** Waits until the coordinator has heard of every completion, so that nothing of one load falls into the next. */
    void settle() {
        Await.until(DRAIN, () -> parts.releases().waiting() == 0);
    }

    @Override
    public void close() {
        settle();
        pool.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        channels.close();
    }
}
