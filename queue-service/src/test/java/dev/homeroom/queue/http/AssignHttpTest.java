package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks are given to sessions, and taken from them, over HTTP (R-Q6, R-Q3). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class AssignHttpTest {
    private static final String PROBLEM = "application/problem+json";

    @Test
    @DisplayName("R-Q6: a task is given to the best session, with the reasons; the session claims and completes it")
    void assignsToTheBest() {
        String id = enqueue("{\"type\":\"" + unique() + "\",\"capabilities\":[\"welding\"]}");
        long token = as("operator", "/api/tasks/" + id + "/assign", "")
                .statusCode(200)
                .body("task.status", equalTo("claimed"))
                .body("task.claimedBy", equalTo("welder"))
                .body("task.attempt", equalTo(1))
                .body("session.session", equalTo("welder"))
                .body("session.host", equalTo("host-welder"))
                .body("session.codebase.repo", equalTo("repo-welder"))
                .body("score.total", equalTo(7))
                .body("score.parts[0].why", notNullValue())
                .body("task.token", greaterThan(0))
                .extract()
                .jsonPath()
                .getLong("task.token");
        as("agent", "/api/tasks/" + id + "/claim", "{\"session\":\"welder\",\"incarnation\":1}")
                .statusCode(200)
                .body("token", equalTo((int) token));
        as("agent", "/api/tasks/" + id + "/complete", "{\"session\":\"welder\",\"token\":" + token + "}")
                .statusCode(200);
    }

    @Test
    @DisplayName("R-Q6: a task is given to the session that is named; the same request again changes nothing")
    void assignsToTheNamed() {
        String id = enqueue("{\"type\":\"" + unique() + "\"}");
        String body = "{\"session\":\"s-2\",\"ttl\":\"PT1M\",\"requestId\":\"" + unique() + "\"}";
        int token = as("agent", "/api/tasks/" + id + "/assign", body)
                .statusCode(200)
                .body("task.claimedBy", equalTo("s-2"))
                .extract()
                .path("task.token");
        as("agent", "/api/tasks/" + id + "/assign", body)
                .statusCode(200)
                .body("task.token", equalTo(token))
                .body("task.version", equalTo(2));
        as("operator", "/api/tasks/" + id + "/assign", "{\"session\":\"s-1\"}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:held"));
    }

    @Test
    @DisplayName("R-Q6: what cannot be assigned is refused with the reason")
    void refusesWithTheReason() {
        String hard = enqueue("{\"type\":\"" + unique() + "\",\"capabilities\":[\"cobol\"]}");
        as("operator", "/api/tasks/" + hard + "/assign", "{}")
                .statusCode(409)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:homeroom:problem:none-available"))
                .body("detail", containsString("no session is available"));
        as("operator", "/api/tasks/" + hard + "/assign", "{\"session\":\"nobody\"}")
                .statusCode(404);
        as("operator", "/api/tasks/" + hard + "/assign", "{\"session\":\"\"}").statusCode(400);
        as("operator", "/api/tasks/" + hard + "/assign", "{\"colour\":\"red\"}").statusCode(400);
        as("operator", "/api/tasks/" + UUID.randomUUID() + "/assign", "{}").statusCode(404);
        as("teacher", "/api/tasks/" + hard + "/assign", "{}").statusCode(403);
        String later = enqueue("{\"type\":\"" + unique() + "\",\"delay\":\"PT1H\"}");
        as("operator", "/api/tasks/" + later + "/assign", "{}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:conflict"))
                .body("runAt", notNullValue());
        as("operator", "/api/tasks/" + later + "/cancel", "").statusCode(200);
        as("operator", "/api/tasks/" + later + "/assign", "{}")
                .statusCode(409)
                .body("taskStatus", equalTo("cancelled"));
    }

    @Test
    @DisplayName("R-Q6: a session that cannot do a task does not get it, and says why when it asks for it")
    void needsTheCapability() {
        String type = unique();
        String id = enqueue("{\"type\":\"" + type + "\",\"capabilities\":[\"welding\"]}");
        claim("s-1", type).body("tasks", empty());
        as("agent", "/api/tasks/" + id + "/claim", "{\"session\":\"s-1\",\"incarnation\":1}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:conflict"))
                .body("taskStatus", equalTo("pending"));
        claim("welder", type).body("tasks.id", equalTo(List.of(id)));
    }

    @Test
    @DisplayName("R-Q3: a running task is called off by an operator; its holder's late complete is stale")
    void cancelOfARunningTask() {
        String type = unique();
        String id = enqueue("{\"type\":\"" + type + "\"}");
        int token = claim("s-1", type).body("tasks", hasSize(1)).extract().path("tasks[0].token");
        as("operator", "/api/tasks/" + id + "/cancel", "{\"reason\":\"wrong branch\"}")
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("session", equalTo("s-1"));
        as("agent", "/api/tasks/" + id + "/complete", "{\"session\":\"s-1\",\"token\":" + token + "}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:stale-token"))
                .body("taskStatus", equalTo("cancelled"));
        as("operator", "/api/tasks/" + id + "/cancel", "").statusCode(200);
    }

    private static ValidatableResponse claim(String session, String type) {
        return as(
                        "agent",
                        "/api/tasks/claim",
                        "{\"session\":\"" + session + "\",\"incarnation\":1,\"types\":[\"" + type + "\"]}")
                .statusCode(200);
    }

    private static String enqueue(String body) {
        return as("agent", "/api/tasks", body).statusCode(201).extract().path("id");
    }

    private static ValidatableResponse as(String role, String path, String body) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role))
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    private static String unique() {
        return "t-" + UUID.randomUUID();
    }
}
