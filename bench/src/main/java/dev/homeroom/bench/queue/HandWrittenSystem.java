package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.server.PostgresServer;
import java.util.Optional;

/** The queue that everybody writes first: one table, {@code FOR UPDATE SKIP LOCKED}, a row deleted when it is done. */
public final class HandWrittenSystem implements TaskSystem {
    private static final String SCHEMA = """
            CREATE SCHEMA hand;
            CREATE TABLE hand.job (
                id         uuid PRIMARY KEY,
                key        text NOT NULL UNIQUE,
                priority   smallint NOT NULL,
                run_at     timestamptz NOT NULL,
                state      text NOT NULL,
                attempt    smallint NOT NULL DEFAULT 0,
                claimed_at timestamptz,
                payload    json NOT NULL
            );
            CREATE INDEX job_due ON hand.job (priority DESC, run_at) WHERE state = 'pending'
            """;

    private final PostgresServer postgres;
    private final HandWrittenClient client;

    /** Makes its tables. */
    public HandWrittenSystem(PostgresServer postgres) {
        this.postgres = postgres;
        postgres.run(SCHEMA);
        this.client = new HandWrittenClient(postgres);
    }

    @Override
    public String system() {
        return "hand-written";
    }

    @Override
    public String level() {
        return "engine";
    }

    @Override
    public void clear() {
        postgres.run("TRUNCATE hand.job");
    }

    @Override
    public void fill(int tasks) {
        postgres.run("INSERT INTO hand.job (id, key, priority, run_at, state, payload)"
                + " SELECT gen_random_uuid(), gen_random_uuid()::text, 5, now(), 'pending', '" + Payloads.ANY
                + "' FROM generate_series(1, " + tasks + ")");
    }

    @Override
    public Optional<Step> step(Load load) {
        return Optional.of(TaskSteps.of(client, load));
    }

    @Override
    public void close() {
        client.close();
    }
}
