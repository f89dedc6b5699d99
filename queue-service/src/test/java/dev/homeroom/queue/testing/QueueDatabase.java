package dev.homeroom.queue.testing;

import static org.awaitility.Awaitility.await;

import dev.homeroom.local.testing.TestDatabase;
import dev.homeroom.local.testing.TestPostgres;
import dev.homeroom.queue.core.RetryPolicies;
import dev.homeroom.queue.core.RetryPolicy;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.TaskUpkeep;
import dev.homeroom.queue.core.insight.Watch;
import dev.homeroom.queue.postgres.Connections;
import dev.homeroom.queue.postgres.Database;
import dev.homeroom.queue.postgres.PostgresTaskStore;
import dev.homeroom.queue.postgres.PostgresTaskUpkeep;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** A real, migrated database with a pool like the service's; closing it drops it. */
public final class QueueDatabase implements AutoCloseable {
    private final TestDatabase database = TestPostgres.freshDatabase();
    /** The name under which the connections of {@link #replica} are known to the server. */
    public static final String REPLICA = "replica";

    /** After this the server gives a statement up, as in the service. */
    public static final Duration STATEMENT_LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final List<Pool> pools = new ArrayList<>();
    private final Pool pool;

    /** Starts the server if need be, and migrates. */
    public QueueDatabase() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("db/queue")
                .schemas("queue")
                .defaultSchema("queue")
                .load()
                .migrate();
        pool = pool("test", STATEMENT_LIMIT);
    }

    private Pool pool(String name, Duration statementLimit) {
        return pool(name, statementLimit, Duration.ZERO);
    }

    /** A {@code lockLimit} of zero: as long as the statement may take. */
    private Pool pool(String name, Duration statementLimit, Duration lockLimit) {
        var options = PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(database.user())
                .setPassword(database.password())
                .addProperty("application_name", name)
                .addProperty("statement_timeout", Long.toString(statementLimit.toMillis()))
                .addProperty("lock_timeout", Long.toString(lockLimit.toMillis()))
                .addProperty("plan_cache_mode", "force_generic_plan")
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off")
                .addProperty("jit", "off");
        Connections.preparing(options);
        var made = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(options)
                .using(vertx)
                .build();
        pools.add(made);
        return made;
    }

    /** A store with connections of its own, as another replica has them. */
    public TaskStore replica(Duration statementLimit) {
        return new PostgresTaskStore(
                new Database(pool(REPLICA, statementLimit)), new RetryPolicy(Duration.ZERO, Duration.ofHours(1)));
    }

    /** A store that waits for rows which somebody else has locked no longer than this. */
    public TaskStore impatient(Duration lockLimit) {
        return new PostgresTaskStore(
                new Database(pool("impatient", STATEMENT_LIMIT, lockLimit)),
                new RetryPolicy(Duration.ZERO, Duration.ofHours(1)));
    }

    /** A store on it. */
    public TaskStore store() {
        return store(new RetryPolicy(Duration.ZERO, Duration.ofHours(1)));
    }

    /** A store on it that retries so. */
    public TaskStore store(RetryPolicy retries) {
        return store(RetryPolicies.all(retries));
    }

    /** A store on it that retries so. */
    public TaskStore store(RetryPolicies retries) {
        return new PostgresTaskStore(database(), retries, Watch.NONE);
    }

    /** What operators and time do on it. */
    public TaskUpkeep upkeep() {
        return new PostgresTaskUpkeep(database());
    }

    /** For adapters that take it as it is. */
    public Database database() {
        return new Database(pool);
    }

    /** Runs a statement and gives its rows. */
    public List<Row> sql(String sql) {
        var rows = new ArrayList<Row>();
        join(pool.query(sql).execute().toCompletionStage()).forEach(rows::add);
        return rows;
    }

    /** Runs a statement with these values and gives its rows. */
    public List<Row> sql(String sql, Tuple values) {
        var rows = new ArrayList<Row>();
        join(pool.preparedQuery(sql).execute(values).toCompletionStage()).forEach(rows::add);
        return rows;
    }

    /** A plain connection, for transactions that a test holds open. */
    public Connection connect() {
        try {
            return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody else's transaction that has this task locked until closed. */
    public AutoCloseable locked(UUID task) {
        var connection = join(pool.getConnection().toCompletionStage());
        var transaction = join(connection.begin().toCompletionStage());
        join(connection
                .query("SELECT FROM queue.task_state WHERE id = '" + task + "' FOR UPDATE")
                .execute()
                .toCompletionStage());
        return () -> {
            join(transaction.rollback().toCompletionStage());
            join(connection.close().toCompletionStage());
        };
    }

    /** Returns when some statement waits for a lock. */
    public void awaitBlocked() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !sql("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                        .isEmpty());
    }

    /** The value, within ten seconds. */
    public static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        pools.forEach(each -> join(each.close().toCompletionStage()));
        join(vertx.close().toCompletionStage());
        database.close();
    }
}
