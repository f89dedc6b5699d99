package dev.homeroom.bench.http;

import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.server.ServerProcess;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.Ports;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link NoOpServer} under the load of our HTTP heartbeats. */
public final class NoOpSubject implements Subject {
    private final int port = Ports.free(1).getFirst();
    private final ServerProcess server;
    private final int connections;

    /** Starts it. */
    public NoOpSubject(Path data, int connections) {
        this.connections = connections;
        List<String> command = List.of(
                Children.java(), "-cp", Children.classPath(), NoOpServer.class.getName(), Integer.toString(port));
        server = ServerProcess.start("no-op endpoint", command, Map.of(), data.resolve("no-op.log"))
                .await(() -> Ports.answers(port));
    }

    @Override
    public String system() {
        return "no-op";
    }

    @Override
    public int nodes() {
        return 1;
    }

    @Override
    public List<Long> pids() {
        return List.of(server.pid());
    }

    @Override
    public Optional<Prepared> prepare(Load load) {
        if (!load.operation().equals(Operations.HTTP_NO_OP)) {
            return Optional.empty();
        }
        HttpLoad http = new HttpLoad(port, connections, "Bearer none");
        Buffer body = Buffer.buffer("{\"incarnation\":1}");
        return Optional.of(new Prepared(
                (caller, done) -> http.post("/api/sessions/b-" + caller + "/heartbeat", body, done, ok -> done.ok()),
                1,
                Map.of("endpoint", "Vert.x HTTP server that answers a fixed body, own process"),
                http::close));
    }

    @Override
    public void close() {
        server.kill();
    }
}
