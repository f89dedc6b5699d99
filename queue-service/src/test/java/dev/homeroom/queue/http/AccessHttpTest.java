package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.as;
import static io.restassured.RestAssured.given;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may do what. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class AccessHttpTest {
    @Test
    void everyRouteNeedsATokenAndARole() {
        given().contentType("application/json")
                .body("{}")
                .post("/api/tasks")
                .then()
                .statusCode(401)
                .contentType(PROBLEM);
        given().get("/api/tasks").then().statusCode(401);
        for (String role : List.of("teacher", "app")) {
            as(role).contentType("application/json")
                    .body("{\"type\":\"t\"}")
                    .post("/api/tasks")
                    .then()
                    .statusCode(403);
            as(role).get("/api/tasks/stats").then().statusCode(403).contentType(PROBLEM);
        }
        as("operator")
                .contentType("application/json")
                .body("{}")
                .post("/api/tasks/claim")
                .then()
                .statusCode(403);
        as("admin").get("/api/tasks/stats").then().statusCode(200);
        as("agent").get("/q/metrics").then().statusCode(403);
        as("operator").get("/q/metrics").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }
}
