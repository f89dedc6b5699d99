package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code homeroom.queue.unknown-lessons=refuse} over HTTP (R-Q7, R-Q11). */
@QuarkusTest
@TestProfile(RefuseUnknownLessonsHttpTest.Strict.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class RefuseUnknownLessonsHttpTest {
    private static final String UNKNOWN = "urn:homeroom:problem:unknown-lesson";

    /** The setting. */
    public static final class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("homeroom.queue.unknown-lessons", "refuse");
        }
    }

    @Test
    @DisplayName("R-Q7: where unknown lessons are refused, the task is too, and in a batch that line alone")
    void unknownLessonIsRefused() {
        String lesson = UUID.randomUUID().toString();
        String known = "{\"type\":\"t\",\"lesson\":\"" + lesson + "\"}";
        post(known)
                .post("/api/tasks")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo(UNKNOWN))
                .body("lesson", equalTo(lesson));
        as("operator").get("/api/tasks?lesson=" + lesson).then().body("items.size()", equalTo(0));
        as("operator")
                .contentType("application/json")
                .body("{}")
                .put("/api/lessons/" + lesson)
                .then()
                .statusCode(201);
        post(known).post("/api/tasks").then().statusCode(201);
        post("[" + known + ",{\"type\":\"t\",\"lesson\":\"nowhere\"},{\"type\":\"t\"}]")
                .post("/api/tasks/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("rejected.line", equalTo(List.of(2)))
                .body("rejected[0].type", equalTo(UNKNOWN));
        as("operator").get("/api/lessons/nowhere").then().statusCode(404);
    }

    private static RequestSpecification post(String body) {
        return as("agent").contentType("application/json").body(body);
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }
}
