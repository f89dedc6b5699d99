package dev.homeroom.dashboard;

import static dev.homeroom.dashboard.Tokens.role;
import static dev.homeroom.dashboard.Tokens.teacher;
import static io.restassured.RestAssured.given;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is left where the dashboard is switched off. */
@QuarkusTest
@TestProfile(SwitchedOffTest.Off.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FiguresServer.class)
@DisplayName("R-O6 TEACHER_DASHBOARD_ENABLED=false")
class SwitchedOffTest {
    @Test
    @DisplayName("R-O6 teachers have neither page nor actions; other services still read alerts")
    void off() {
        given().get("/").then().statusCode(404);
        teacher("c1")
                .post("/api/alerts/{a}/resolve", UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        role("service").get("/api/classroom/c1/alert-changes").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }

    /** The switch, off. */
    public static final class Off implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("TEACHER_DASHBOARD_ENABLED", "false");
        }
    }
}
