package dev.homeroom.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server in the place of metrics-service: it answers with what it was asked, so that a test sees the question;
 * a student called {@code broken} breaks it.
 */
public final class FiguresServer implements QuarkusTestResourceLifecycleManager {
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            var fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            fresh.createContext("/figures", FiguresServer::answer);
            fresh.start();
            server = fresh;
            return Map.of(
                    "homeroom.metrics.url",
                    "http://127.0.0.1:" + fresh.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        var status = !bearer.startsWith("Bearer ey")
                ? 401
                : path.endsWith("broken") ? 500 : path.endsWith("strange") ? 404 : 200;
        var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        var body = "{\"path\":\"%s\",\"query\":\"%s\"}".formatted(path, query).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
