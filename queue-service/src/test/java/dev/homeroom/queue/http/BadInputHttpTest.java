package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueue;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.task;
import static dev.homeroom.queue.http.Api.unique;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is refused, and that nothing is lost by it (R-Q1, R-Q2, R-Q3). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class BadInputHttpTest {
    @Test
    @DisplayName("R-Q1: every field has its type and its bounds, and the problem names it")
    void fields() {
        Map.ofEntries(
                        Map.entry("\"type\":\"\"", "type"),
                        Map.entry("\"type\":7", "type"),
                        Map.entry("\"type\":\"a\\u0000b\"", "type"),
                        Map.entry("\"type\":\"a\\nb\"", "type"),
                        Map.entry("\"type\":\"\\ud800\"", "type"),
                        Map.entry("\"type\":\"" + "x".repeat(201) + "\"", "type"),
                        Map.entry("\"type\":\"t\",\"lesson\":\"\"", "lesson"),
                        Map.entry("\"type\":\"t\",\"colour\":1", "colour"),
                        Map.entry("\"type\":\"t\",\"priority\":\"high\"", "priority"),
                        Map.entry("\"type\":\"t\",\"priority\":1.5", "priority"),
                        Map.entry("\"type\":\"t\",\"priority\":10", "priority"),
                        Map.entry("\"type\":\"t\",\"priority\":12345678901234567890", "priority"),
                        Map.entry("\"type\":\"t\",\"maxAttempts\":0", "maxAttempts"),
                        Map.entry("\"type\":\"t\",\"delay\":\"PT-5S\"", "delay"),
                        Map.entry("\"type\":\"t\",\"delay\":\"P367D\"", "delay"),
                        Map.entry("\"type\":\"t\",\"delay\":\"soon\"", "delay"),
                        Map.entry("\"type\":\"t\",\"delay\":\"PT1S\",\"runAt\":\"2099-01-01T00:00:00Z\"", "delay"),
                        Map.entry("\"type\":\"t\",\"runAt\":\"+1000000000-12-31T23:59:59Z\"", "runAt"),
                        Map.entry("\"type\":\"t\",\"runAt\":\"tomorrow\"", "runAt"),
                        Map.entry("\"type\":\"t\",\"limits\":[1,2,\"\"]", "limits"),
                        Map.entry(
                                "\"type\":\"t\",\"limits\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]",
                                "limits"),
                        Map.entry("\"type\":\"t\",\"idempotencyKey\":\"" + "x".repeat(201) + "\"", "idempotencyKey"))
                .forEach((fields, named) -> post("/api/tasks", "{" + fields + "}")
                        .statusCode(400)
                        .contentType(PROBLEM)
                        .body("type", equalTo("urn:homeroom:problem:invalid"))
                        .body("detail", containsString(named)));
    }

    @Test
    @DisplayName("R-Q1: what is no object of JSON is malformed or invalid, whatever it is")
    void noObject() {
        for (String body : List.of(
                "",
                "{",
                "null",
                "7",
                "\"x\"",
                "[]",
                "{\"type\":\"t\"} {}",
                "{\"type\":\"a\0b\"}",
                "\ufeff",
                "{\"type\":NaN}")) {
            post("/api/tasks", body).statusCode(400).contentType(PROBLEM);
        }
        as("agent")
                .contentType("application/json")
                .body(new byte[] {'{', '"', 't', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'})
                .post("/api/tasks")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
        as("agent")
                .contentType("text/plain")
                .body("x")
                .post("/api/tasks")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
    }

    @Test
    @DisplayName("R-Q1: a payload over the limit is refused with the limit; one at it is taken; so are results")
    void payload() {
        String type = unique();
        int limit = 65_536;
        String id = enqueue("{\"type\":\"" + type + "\",\"payload\":\"" + "x".repeat(limit - 2) + "\"}");
        tooLarge(post("/api/tasks", "{\"type\":\"t\",\"payload\":\"" + "x".repeat(limit - 1) + "\"}"), "payload");
        // Bytes, not characters.
        tooLarge(post("/api/tasks", "{\"type\":\"t\",\"payload\":\"" + "€".repeat(limit / 3) + "\"}"), "payload");
        long token = claim(type);
        tooLarge(
                post("/api/tasks/" + id + "/complete", held(token, ",\"result\":\"" + "x".repeat(limit) + "\"")),
                "result");
        assertThat(task(id).getString("status")).isEqualTo("claimed");
        post("/api/tasks/" + id + "/complete", held(token, "")).statusCode(200);
    }

    private static void tooLarge(ValidatableResponse response, String field) {
        response.statusCode(413)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:homeroom:problem:too-large"))
                .body("detail", allOf(startsWith(field), containsString("65536")));
    }

    @Test
    @DisplayName("R-Q1: a name that the coordinator would not take is refused before it can hold up claims")
    void longNames() {
        // Three bytes each: 513, and 510.
        post("/api/tasks", "{\"type\":\"t\",\"lesson\":\"" + "€".repeat(171) + "\"}")
                .statusCode(400)
                .body("type", equalTo("urn:homeroom:problem:invalid"))
                .body("detail", containsString("512"));
        post("/api/tasks", "{\"type\":\"t\",\"limits\":[\"" + "€".repeat(170) + "\"]}")
                .statusCode(201);
    }

    @Test
    @DisplayName("R-Q1: JSON that nests without end is refused; nesting that is deep is kept")
    void nesting() throws IOException, InterruptedException {
        for (int depth : List.of(64, 10_000, 30_000)) {
            String nested = "[".repeat(depth) + "]".repeat(depth);
            assertThat(posted(nested).statusCode()).isEqualTo(413);
        }
        String deep = "[".repeat(60) + "]".repeat(60);
        var response = posted(deep);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains(deep);
    }

    /** By another client: the usual one makes every body pretty for its log, and never ends with such. */
    private static HttpResponse<String> posted(String payload) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/tasks"))
                .header("Authorization", "Bearer " + JwtResource.token("agent"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"t\",\"payload\":" + payload + "}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    @DisplayName("R-Q1: a limit key that nobody has set does not keep a task waiting")
    void unknownLimitKey() {
        String type = unique();
        enqueue("{\"type\":\"" + type + "\",\"limits\":[\"nobody:" + type + "\"]}");
        assertThat(claim(type)).isPositive();
    }

    @Test
    @DisplayName("R-Q1: a compressed body is refused in words")
    void compressed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"type\":\"t\"}".getBytes(UTF_8));
        }
        as("agent")
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(bytes.toByteArray())
                .post("/api/tasks")
                .then()
                .statusCode(415)
                .contentType(PROBLEM)
                .body("detail", containsString("compress"));
    }

    @Test
    @DisplayName("R-Q2: a claim by a session that is unknown, has failed or was registered anew takes nothing")
    void badSessions() {
        String type = unique();
        String id = enqueued(type);
        Map.of(
                        "\"unknown\",\"incarnation\":1", "not-found",
                        "\"failed\",\"incarnation\":1", "session-ended",
                        "\"s-1\",\"incarnation\":7", "stale-incarnation")
                .forEach((session, problem) -> {
                    for (String path : List.of("/api/tasks/claim", "/api/tasks/" + id + "/claim")) {
                        post(path, "{\"session\":" + session + "}")
                                .statusCode(problem.equals("not-found") ? 404 : 409)
                                .contentType(PROBLEM)
                                .body("type", equalTo("urn:homeroom:problem:" + problem));
                    }
                });
        assertThat(task(id).getString("status")).isEqualTo("pending");
        assertThat(claim(type)).isPositive();
    }

    @Test
    @DisplayName("R-Q2: a claim's numbers and durations have bounds")
    void claims() {
        for (String more : List.of(
                "\"count\":0",
                "\"count\":257",
                "\"count\":99999999999",
                "\"wait\":\"PT-1S\"",
                "\"wait\":\"PT2M\"",
                "\"ttl\":\"PT0S\"",
                "\"ttl\":\"PT25H\"",
                "\"ttl\":\"P106751991167300D\"",
                "\"seq\":0",
                "\"seq\":3,\"unanswered\":4",
                "\"types\":[null]",
                "\"types\":\"build\"",
                "\"lesson\":\"\\u0007\"")) {
            post("/api/tasks/claim", "{\"session\":\"s-1\",\"incarnation\":1," + more + "}")
                    .statusCode(400)
                    .contentType(PROBLEM);
        }
        post("/api/tasks/claim", "{\"session\":\"s-1\"}").statusCode(400);
        post("/api/tasks/claim", "{\"session\":\"s-1\",\"incarnation\":0}").statusCode(400);
    }

    @Test
    @DisplayName("R-Q3: a finish that cannot be read, or of a task that nobody knows, changes nothing")
    void finishes() {
        String type = unique();
        String id = enqueued(type);
        long token = claim(type);
        for (String more : List.of(
                ",\"reason\":\"a\\u0000b\"",
                ",\"reason\":\"" + "x".repeat(4_001) + "\"",
                ",\"reason\":\"\\udc00\"",
                ",\"retryable\":\"perhaps\"",
                ",\"colour\":1")) {
            post("/api/tasks/" + id + "/fail", held(token, more))
                    .statusCode(400)
                    .contentType(PROBLEM);
        }
        for (String delay : List.of("PT-1S", "P367D", "", "P1Y")) {
            post("/api/tasks/" + id + "/snooze", held(token, ",\"delay\":\"" + delay + "\""))
                    .statusCode(400);
        }
        post("/api/tasks/" + id + "/snooze", held(token, "")).statusCode(400);
        post("/api/tasks/" + id + "/complete", "{\"session\":\"s-1\"}").statusCode(400);
        post("/api/tasks/" + id + "/complete", held(-1, "")).statusCode(400);
        assertThat(task(id).getString("status")).isEqualTo("claimed");
        String nobody = UUID.randomUUID().toString();
        post("/api/tasks/" + nobody + "/complete", held(1, "")).statusCode(404).contentType(PROBLEM);
        post("/api/tasks/no-id/complete", held(1, "")).statusCode(404).contentType(PROBLEM);
        as("operator").get("/api/tasks?status=lost").then().statusCode(400).contentType(PROBLEM);
        as("operator").get("/api/tasks?after=x").then().statusCode(400).contentType(PROBLEM);
        as("operator")
                .get("/api/tasks/" + id + "/history?after=x")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
    }
}
