package dev.homeroom.e2e.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The HTTP interface of one replica, reached directly: no proxy stands between a client and it. Thread-safe. */
public final class Door {
    /** How long clients wait: shorter than the replica itself does, so that some requests outlive their callers. */
    static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "urn:homeroom:problem:";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final URI origin;
    private final String token;

    /**
     * An answer.
     *
     * @param status 0: none came
     */
    public record Reply(int status, JsonNode body) {
        /** Whether it succeeded. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The name of the problem, as in {@code problems.md}; empty when it is none. */
        public String problem() {
            String type = body.path("type").asText();
            return type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : type;
        }

        /** Whether it is certain that the request was not executed and will not be. */
        boolean nothingDone() {
            return problem().equals("not-leader") || problem().equals("overloaded");
        }

        /** Whether it may have been executed, or still be. */
        boolean unknown() {
            return status == 0 || (status >= 500 && !nothingDone());
        }
    }

    /** Requests of whoever has this token, at this port. */
    public Door(int port, String token) {
        this.origin = URI.create("http://127.0.0.1:" + port);
        this.token = token;
    }

    /** Looks. */
    public Reply get(String path) {
        return send(HttpRequest.newBuilder(origin.resolve(path)).GET(), PATIENCE);
    }

    /** Asks for something; {@code body} becomes JSON. */
    public Reply post(String path, Object body) {
        return post(path, body, PATIENCE);
    }

    /** The same with another patience. */
    public Reply post(String path, Object body, Duration patience) {
        return send(withBody(path).POST(json(body)), patience);
    }

    /** Sets something. */
    public Reply put(String path, Object body) {
        return send(withBody(path).PUT(json(body)), PATIENCE);
    }

    private HttpRequest.Builder withBody(String path) {
        return HttpRequest.newBuilder(origin.resolve(path)).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer that is text becomes a JSON text. */
    private Reply send(HttpRequest.Builder request, Duration patience) {
        try {
            var response = HTTP.send(
                    request.timeout(patience)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Reply(
                    response.statusCode(),
                    type.contains("json") ? JSON.readTree(response.body()) : TextNode.valueOf(response.body()));
        } catch (IOException e) {
            return new Reply(0, MissingNode.getInstance());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
