package dev.homeroom.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.homeroom.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server in this process that does to each request what the test says: answer, refuse, hang, stall or drop it. */
public final class TestServer implements AutoCloseable {
    /** A request as it came. */
    public record Received(String method, String path, String authorization, JsonNode body) {}

    /** What is done to a request. */
    @FunctionalInterface
    public interface Reaction {
        void to(HttpExchange exchange, TestServer server) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Reaction> script = new ConcurrentLinkedQueue<>();
    private volatile Function<Received, Reaction> otherwise = request -> problem(ProblemType.NOT_FOUND, "");

    public TestServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What to do with the next requests, one each; before {@link #always}. */
    public void next(Reaction... reactions) {
        script.addAll(List.of(reactions));
    }

    /** What to do when the script is empty. */
    public void always(Function<Received, Reaction> reaction) {
        otherwise = reaction;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<Received> received(String pathEnd) {
        return received.stream().filter(r -> r.path().endsWith(pathEnd)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Received request = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                Json.MAPPER.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body));
        received.add(request);
        Reaction reaction = script.poll();
        (reaction == null ? otherwise.apply(request) : reaction).to(exchange, this);
    }

    /** 200 with JSON; apostrophes stand for quotation marks. */
    public static Reaction ok(String json) {
        return answer(200, "application/json", json);
    }

    public static Reaction answer(int status, String contentType, String body) {
        return (exchange, server) -> {
            byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** A problem with more members, such as {@code ,'queuePosition':2}. */
    public static Reaction problem(ProblemType type, String more) {
        return answer(
                type.status(),
                "application/problem+json",
                "{'type':'" + type.urn() + "','title':'" + type.title() + "','status':" + type.status()
                        + ",'detail':'It is so.'" + more + "}");
    }

    /** First does something, then this. */
    public static Reaction after(Runnable first, Reaction then) {
        return (exchange, server) -> {
            first.run();
            then.to(exchange, server);
        };
    }

    /** Closes the connection without an answer. */
    public static Reaction drop() {
        return (exchange, server) -> exchange.close();
    }

    /** Gives no answer while the server lives. */
    public static Reaction hang() {
        return (exchange, server) -> server.awaitClose();
    }

    /** Gives the headers and the first bytes, then nothing while the server lives. */
    public static Reaction stall() {
        return (exchange, server) -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            server.awaitClose();
        };
    }

    private void awaitClose() {
        try {
            var unused = closed.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
