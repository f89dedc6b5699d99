package dev.homeroom.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The system's HTTP surface as a program outside uses it: one origin, one bearer token, answers as JSON trees. */
final class Api {
    /** An answer; the body is a missing node where there is none. */
    record Answer(int status, String contentType, JsonNode body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Whether the same request may be sent again: the system said "not now", nobody said "no". */
        boolean tryAgain() {
            return status == 429 || status >= 500;
        }

        String problem() {
            return body.path("type").asText();
        }
    }

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI origin;
    private final Optional<String> token;

    Api(URI origin, String token) {
        this.origin = origin;
        this.token = Optional.of(token);
    }

    private Api(URI origin) {
        this.origin = origin;
        this.token = Optional.empty();
    }

    static Api anonymous(URI origin) {
        return new Api(origin);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json(body))));
    }

    Answer postRaw(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(origin.resolve(path)).timeout(Duration.ofSeconds(30));
        token.ifPresent(t -> builder.header("Authorization", "Bearer " + t));
        return builder;
    }

    /** A connection that breaks is an answer too: 599, so that callers treat it as "try again". */
    private static Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), type, tree(response.body(), type));
        } catch (IOException e) {
            return new Answer(599, "", MissingNode.getInstance());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode tree(String body, String type) throws JsonProcessingException {
        return type.contains("json") && !body.isBlank() ? JSON.readTree(body) : MissingNode.getInstance();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
