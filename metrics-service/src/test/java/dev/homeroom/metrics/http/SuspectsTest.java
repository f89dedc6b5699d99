package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Suspicions over HTTP, from rows as looks write them. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class SuspectsTest {
    private static final String PATH = "/api/metrics/suspects?from=2026-11-20T00:00:00Z&to=2026-11-22T00:00:00Z";

    @Inject
    DataSource database;

    private final String app = "quiz-" + UUID.randomUUID();

    @BeforeEach
    void rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                INSERT INTO metrics.app_suspect (id, revision, status, app, target, level, score, students, classrooms,
                                                 started_at, ended_at, evidence, last_at, fresh_until)
                SELECT gen_random_uuid(), 1, CASE i WHEN 0 THEN 'open' WHEN 1 THEN 'retracted' ELSE 'closed' END,
                       CASE i % 5 WHEN 4 THEN 'other-' ELSE '' END || 'APP', 'ex' || i, 'medium', 0.5, 8, 3, at,
                       CASE WHEN i > 0 THEN at END, '{"rule": "r", "values": {}, "events": []}', at, '2100-01-01'
                FROM (SELECT i, TIMESTAMPTZ '2026-11-20T10:00:00Z' + i / 2 * INTERVAL '1 hour' AS at
                      FROM generate_series(0, 19) i) AS rows
                """.replace("APP", app));
        }
    }

    @Test
    @DisplayName("R-M4: an app's owner sees what is suspected of the app, latest first, page by page")
    void ofAnApp() {
        List<String> targets = new ArrayList<>();
        @Nullable String next = null;
        do {
            JsonPath page = get(ownToken(), PATH + "&limit=4" + (next == null ? "" : "&after=" + next))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            targets.addAll(page.getList("items.target"));
            next = page.getString("next");
        } while (next != null);

        assertThat(targets).hasSize(15).doesNotHaveDuplicates().doesNotContain("ex1", "ex4", "ex9");
        assertThat(targets.getFirst()).isEqualTo("ex18");
        get(ownToken(), PATH + "&status=open&app=" + app)
                .then()
                .statusCode(200)
                .body("items.target", contains("ex0"))
                .body("items[0].students", equalTo(8))
                .body("items[0].classrooms", equalTo(3))
                .body("items[0].since", equalTo("2026-11-20T10:00:00.000Z"))
                .body("items[0].until", nullValue())
                .body("items[0].evidence.rule", equalTo("r"));
    }

    @Test
    @DisplayName("R-M4, R-T5: no other app, no browser and no teacher sees it; operators see every app")
    void scope() {
        given().get(PATH).then().statusCode(401);
        get(JwtResource.token("teacher"), PATH).then().statusCode(403);
        get(JwtResource.token("app"), PATH).then().statusCode(403);
        get(ownToken(), PATH + "&app=other-" + app).then().statusCode(403);
        get(JwtResource.issuer().issue(TokenRequest.of("b", "app").forApp(app).forStudent("s")), PATH)
                .then()
                .statusCode(403);
        for (String role : List.of("operator", "admin", "service")) {
            get(JwtResource.token(role), PATH + "&app=other-" + app)
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(4));
        }
    }

    @Test
    @DisplayName("R-M4: a question that is wrong is a problem")
    void wrong() {
        for (String more : List.of("&classroom=c", "&status=over", "&after=x", "&after=YR9iH2M")) {
            get(JwtResource.token("admin"), PATH + more).then().statusCode(400).contentType("application/problem+json");
        }
    }

    private String ownToken() {
        return JwtResource.issuer().issue(TokenRequest.of("owner", "app").forApp(app));
    }

    private static Response get(String token, String path) {
        return given().urlEncodingEnabled(false).auth().oauth2(token).get(path);
    }
}
