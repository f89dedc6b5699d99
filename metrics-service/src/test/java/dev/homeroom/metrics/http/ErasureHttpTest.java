package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Forgetting a student over HTTP. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class ErasureHttpTest {
    @Inject
    DataSource database;

    @Test
    @DisplayName("R-T5: an admin has a student forgotten, and soon nothing is found any more")
    void forgotten() throws SQLException {
        String student = "p-" + UUID.randomUUID();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO metrics.student_hour
                    VALUES ('erased', date_trunc('hour', now()), '%s', 'quiz', '', 3, 1, 2, 1, 0)
                    """.formatted(student));
        }
        String found = "/api/metrics/students?student=" + student;
        as("admin").get(found).then().body("items", hasSize(1));

        as("admin").delete("/api/metrics/students/" + student).then().statusCode(202);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> as("admin").get(found).then().body("items", hasSize(0)));
        as("admin").delete("/api/metrics/students/" + student).then().statusCode(202);
    }

    @Test
    @DisplayName("R-T5: nobody else may, and a name that is none is a problem")
    void refused() {
        given().delete("/api/metrics/students/p").then().statusCode(401);
        as("teacher").delete("/api/metrics/students/p").then().statusCode(403);
        as("admin")
                .urlEncodingEnabled(false)
                .delete("/api/metrics/students/p%00")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:homeroom:problem:invalid"));
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(JwtResource.token(role));
    }
}
