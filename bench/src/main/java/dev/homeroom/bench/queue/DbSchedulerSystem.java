package dev.homeroom.bench.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.server.PostgresServer;
import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler as its documentation advises for more than 1,000 executions a second: lock-and-fetch with limits 1.0 and
 * 4.0, with the 20 threads of its own published measurement; one-time tasks that are removed when done.
 */
public final class DbSchedulerSystem implements TaskSystem {
    private static final int THREADS = 20;
    private static final double LOWER_LIMIT = 1.0;
    private static final double UPPER_LIMIT = 4.0;

    private static final String SCHEMA = """
            CREATE SCHEMA dbs;
            CREATE TABLE dbs.scheduled_tasks (
                task_name            text NOT NULL,
                task_instance        text NOT NULL,
                task_data            bytea,
                execution_time       timestamptz NOT NULL,
                picked               boolean NOT NULL,
                picked_by            text,
                last_success         timestamptz,
                last_failure         timestamptz,
                consecutive_failures integer,
                last_heartbeat       timestamptz,
                version              bigint NOT NULL,
                priority             smallint,
                PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX execution_time_idx ON dbs.scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON dbs.scheduled_tasks (last_heartbeat);
            CREATE INDEX priority_execution_time_idx ON dbs.scheduled_tasks (priority DESC, execution_time ASC)
            """;

    private final PostgresServer postgres;
    private final AgroalDataSource connections;
    private final ExecutorService callers =
            Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory());
    private final ConcurrentLinkedQueue<Step.Done> waiting = new ConcurrentLinkedQueue<>();
    private final OneTimeTask<String> task =
            Tasks.oneTime("build", String.class).execute((instance, context) -> {});
    private final Scheduler client;
    private @Nullable Scheduler worker;

    /** Makes its tables. */
    public DbSchedulerSystem(PostgresServer postgres) {
        this.postgres = postgres;
        postgres.run(SCHEMA);
        this.connections = connections(postgres);
        this.client = Scheduler.create(connections, task).build();
    }

    private static AgroalDataSource connections(PostgresServer postgres) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(THREADS)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(
                                            "jdbc:postgresql://" + postgres.address() + "?currentSchema=dbs")
                                    .principal(new NamePrincipal(EmbeddedPostgresServer.USER))
                                    .credential(new SimplePassword(EmbeddedPostgresServer.USER)))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String system() {
        return "db-scheduler";
    }

    @Override
    public String level() {
        return "engine";
    }

    @Override
    public boolean pulls() {
        return true;
    }

    @Override
    public void clear() {
        stop();
        postgres.run("TRUNCATE dbs.scheduled_tasks");
    }

    @Override
    public void fill(int tasks) {
        String data = HexFormat.of().formatHex(Serializer.DEFAULT_JAVA_SERIALIZER.serialize(Payloads.ANY));
        postgres.run("INSERT INTO dbs.scheduled_tasks (task_name, task_instance, task_data, execution_time, picked,"
                + " version, priority) SELECT 'build', gen_random_uuid()::text, '\\x" + data
                + "', now(), false, 1, 50 FROM generate_series(1, " + tasks + ")");
    }

    @Override
    public Optional<Step> step(Load load) {
        if (load.operation().equals(Load.CLAIM_BATCH)) {
            return Optional.empty();
        }
        if (load.claims()) {
            start();
            return Optional.of((caller, done) -> waiting.add(done));
        }
        return Optional.of((caller, done) -> callers.execute(() -> schedule(load.tasks(), done)));
    }

    private void schedule(int count, Step.Done done) {
        try {
            if (count == 1) {
                client.scheduleIfNotExists(instance(), Instant.now());
            } else {
                List<TaskInstance<?>> instances = Stream.<TaskInstance<?>>generate(this::instance)
                        .limit(count)
                        .toList();
                client.scheduleBatch(instances, Instant.now());
            }
        } catch (RuntimeException e) {
            done.failed(e);
            return;
        }
        done.ok();
    }

    private TaskInstance<String> instance() {
        return task.instance(UUID.randomUUID().toString(), Payloads.of(System.nanoTime()));
    }

    /** Each execution that is over ends the turn of one caller: so they are counted like everybody else's. */
    private void start() {
        if (worker != null) {
            return;
        }
        Scheduler fresh = Scheduler.create(connections, task)
                .threads(THREADS)
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(Duration.ofMillis(100))
                .addSchedulerListener(new AbstractSchedulerListener() {
                    @Override
                    public void onExecutionComplete(ExecutionComplete executed) {
                        Step.Done done = waiting.poll();
                        if (done != null) {
                            done.ok();
                        }
                    }
                })
                .build();
        fresh.start();
        worker = fresh;
    }

    private void stop() {
        if (worker != null) {
            worker.stop();
            worker = null;
        }
        waiting.clear();
    }

    @Override
    public void close() {
        stop();
        client.stop();
        callers.shutdownNow();
        connections.close();
    }
}
