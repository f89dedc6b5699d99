package dev.homeroom.bench.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;

/**
 * An endpoint that reads a request and answers a fixed body: what HTTP alone costs on this machine with the server library
 * that Quarkus stands on. Run as a process of its own.
 */
public final class NoOpServer {
    private static final Buffer BODY =
            Buffer.buffer("{\"leaseDeadline\":\"2026-11-21T12:00:00.000Z\",\"assigned\":[]}");

    private NoOpServer() {}

    /** Serves on the port of the first argument until the process ends. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2))
                .createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(BODY)))
                .listen(port, "127.0.0.1")
                .onFailure(failure -> System.exit(1));
    }
}
