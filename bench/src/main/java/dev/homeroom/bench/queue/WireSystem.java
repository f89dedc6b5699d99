package dev.homeroom.bench.queue;

import dev.homeroom.bench.http.HttpLoad;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.QueueServer;
import java.util.Optional;

/** Ours, over HTTP from this process to queue-service in its own. The backlog is filled by the engine in this process. */
public final class WireSystem implements TaskSystem {
    private final EngineSystem filler;
    private final HttpLoad http;
    private final TaskClient client;

    /**
     * @param server stays its owner's
     * @param filler stays its owner's
     */
    public WireSystem(QueueServer server, HomeroomCluster coordinator, EngineSystem filler) {
        this.filler = filler;
        this.http = new HttpLoad(server.port(), EngineSystem.SESSIONS, "Bearer " + coordinator.agentToken());
        this.client = new WireClient(http, HomeroomSessions.register(coordinator, "wire", EngineSystem.SESSIONS));
    }

    @Override
    public String system() {
        return EngineSystem.SYSTEM;
    }

    @Override
    public String level() {
        return "wire";
    }

    /** What a load asks of it. */
    public TaskClient client() {
        return client;
    }

    @Override
    public void clear() {
        filler.clear();
    }

    @Override
    public void fill(int tasks) {
        filler.fill(tasks);
    }

    @Override
    public Optional<Step> step(Load load) {
        return Optional.of(TaskSteps.of(client, load));
    }

    @Override
    public void close() {
        http.close();
    }
}
