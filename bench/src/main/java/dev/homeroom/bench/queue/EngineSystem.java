package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.PostgresServer;
import java.util.Optional;

/** Ours, called in the same process. */
public final class EngineSystem implements TaskSystem {
    static final String SYSTEM = "homeroom";
    /** Enough for every load. */
    static final int SESSIONS = 256;

    private static final int FILLERS = 4;
    private static final int FILLED_AT_ONCE = 200;

    private final PostgresServer postgres;
    private final Engine engine;
    private final TaskClient client;

    /** On a migrated database. */
    public EngineSystem(PostgresServer postgres, HomeroomCluster coordinator) {
        this.postgres = postgres;
        Engine.migrate(postgres);
        this.engine = new Engine(postgres, coordinator);
        this.client = new EngineClient(engine.queue(), HomeroomSessions.register(coordinator, "engine", SESSIONS));
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public String level() {
        return "engine";
    }

    /** What a load asks of it. */
    public TaskClient client() {
        return client;
    }

    @Override
    public void clear() {
        engine.settle();
        forget(postgres);
    }

    static void forget(PostgresServer postgres) {
        postgres.run("TRUNCATE queue.task, queue.task_state, queue.transition, queue.tally");
    }

    @Override
    public void fill(int tasks) {
        TaskSteps.fill(client, tasks, FILLERS, FILLED_AT_ONCE);
    }

    @Override
    public Optional<Step> step(Load load) {
        return Optional.of(TaskSteps.of(client, load));
    }

    @Override
    public void close() {
        engine.close();
    }
}
