package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Completing many tasks by one request (R-Q3). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class CompleteManyTest {
    private record Held(String id, long token) {
        String json() {
            return "{\"id\":\"" + id + "\",\"token\":" + token + ",\"result\":{\"ok\":true}}";
        }
    }

    @Test
    @DisplayName("R-Q3: many completions are one request, and a repeat is answered the same")
    void completesAll() {
        var held = claimed(3);
        for (int i = 0; i < 2; i++) {
            complete(held).statusCode(200).body("completed", equalTo(3)).body("rejected", empty());
        }
        given().header("Authorization", "Bearer " + JwtResource.token("agent"))
                .get("/api/tasks/" + held.getFirst().id())
                .then()
                .body("status", equalTo("completed"))
                .body("result.ok", equalTo(true));
    }

    @Test
    @DisplayName("R-Q3: a stale token among them is refused by name, and the others are completed")
    void refusesOne() {
        var held = claimed(3);
        var stale = new Held(held.get(1).id(), held.get(1).token() + 1_000_000);
        complete(List.of(held.get(0), stale, held.get(2)))
                .statusCode(200)
                .body("completed", equalTo(2))
                .body("rejected.id", contains(stale.id()))
                .body("rejected.type", contains("urn:homeroom:problem:stale-token"))
                .body("rejected[0].detail", startsWith("Token "));
    }

    @Test
    @DisplayName("R-Q3: a request without tasks, or with one that has no token, changes nothing")
    void bounds() {
        post("/api/tasks/complete", "{\"session\":\"s-1\",\"tasks\":[]}").statusCode(400);
        var held = claimed(1).getFirst();
        String body = "{\"session\":\"s-1\",\"tasks\":[" + held.json() + ",{\"id\":\"" + held.id() + "\"}]}";
        post("/api/tasks/complete", body).statusCode(400);
        complete(List.of(held)).statusCode(200).body("completed", equalTo(1));
    }

    private static List<Held> claimed(int count) {
        String type = "t-" + UUID.randomUUID();
        for (int i = 0; i < count; i++) {
            post("/api/tasks", "{\"type\":\"" + type + "\"}").statusCode(201);
        }
        var claim = "{\"session\":\"s-1\",\"incarnation\":1,\"count\":" + count + ",\"types\":[\"" + type + "\"]}";
        var tasks = post("/api/tasks/claim", claim)
                .statusCode(200)
                .body("tasks", hasSize(count))
                .extract()
                .jsonPath();
        return IntStream.range(0, count)
                .mapToObj(
                        i -> new Held(tasks.getString("tasks[" + i + "].id"), tasks.getLong("tasks[" + i + "].token")))
                .toList();
    }

    private static ValidatableResponse complete(List<Held> held) {
        var tasks = held.stream().map(Held::json).collect(Collectors.joining(","));
        return post("/api/tasks/complete", "{\"session\":\"s-1\",\"tasks\":[" + tasks + "]}");
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("Authorization", "Bearer " + JwtResource.token("agent"))
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }
}
