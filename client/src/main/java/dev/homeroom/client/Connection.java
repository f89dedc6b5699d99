package dev.homeroom.client;

import dev.homeroom.client.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP/1.1 with kept connections to one origin. Thread-safe; one is enough for a process. */
public final class Connection implements AutoCloseable {
    /** Longest answer that is read: a page of 1,000 sessions with what they hold is well below. */
    private static final long MOST_BYTES = 16L << 20;

    private final ConnectionSettings settings;
    private final String origin;
    private final HttpClient http;

    /** Connects with the first request. */
    public Connection(ConnectionSettings settings) {
        this.settings = settings;
        this.origin = settings.origin().toString().replaceAll("/+$", "");
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** The clock by which {@link Reply#sentNanos()} is stamped. */
    public Time time() {
        return settings.time();
    }

    /** How long a request that does not wait at the server may take. */
    public Duration timeout() {
        return settings.requestTimeout();
    }

    /** A GET. */
    public Reply get(String path) throws InterruptedException {
        return send(new Request("GET", path, null, timeout()));
    }

    /** A POST. */
    public Reply post(String path, Object body) throws InterruptedException {
        return send(new Request("POST", path, body, timeout()));
    }

    /**
     * Sends once and waits for the whole answer.
     *
     * @throws ProblemException when it is a refusal
     * @throws NoAnswerException when none came in time
     * @throws InterruptedException when the thread was interrupted; the exchange is broken off, so that the server notices
     */
    public Reply send(Request request) throws InterruptedException {
        HttpRequest message = message(request);
        long sent = time().nanos();
        HttpResponse<byte[]> response = exchange(message, request.timeout());
        if (response.statusCode() / 100 != 2) {
            throw new ProblemException(Problem.read(response.statusCode(), response.body()));
        }
        return new Reply(response.body(), sent);
    }

    private HttpRequest message(Request request) {
        HttpRequest.Builder message = HttpRequest.newBuilder(URI.create(origin + request.path()))
                .header("Accept", "application/json, application/problem+json")
                .header("Authorization", "Bearer " + settings.token().get());
        Object body = request.body();
        if (body == null) {
            return message.method(request.method(), BodyPublishers.noBody()).build();
        }
        return message.header("Content-Type", "application/json")
                .method(request.method(), BodyPublishers.ofByteArray(Json.write(body)))
                .build();
    }

    /** The timeout of HttpRequest ends with the headers; this one covers the body too. */
    private HttpResponse<byte[]> exchange(HttpRequest message, Duration timeout) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(message, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException(message.uri() + " gave no answer within " + timeout + ".", e);
        } catch (ExecutionException e) {
            throw new NoAnswerException(message.uri() + " gave no answer: " + e.getCause(), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
