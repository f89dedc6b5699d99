package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** xAPI and Caliper over HTTP, all the way into the tables. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class FormatsTest {
    private static final String PROBLEM = "application/problem+json";
    private static final String URN = "urn:homeroom:problem:";
    private static final String STATEMENTS = "/xapi/statements";

    @Inject
    DataSource database;

    private final String classroom = "formats-" + UUID.randomUUID();

    @Test
    @DisplayName("R-M1: statements are answered with their ids as an LRS does, and sent again they are the same events")
    void statements() {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        String body = "[" + statement(first, "success\":true") + "," + statement(second, "success\":false") + "]";
        for (int i = 0; i < 2; i++) {
            xapi().body(body)
                    .post(STATEMENTS)
                    .then()
                    .statusCode(200)
                    .header("X-Experience-API-Version", "1.0.3")
                    .body("$", contains(first, second));
        }
        xapi().body(statement(first, "success\":true"))
                .put(STATEMENTS + "?statementId=" + first)
                .then()
                .statusCode(204);
        folded(2);
        xapi().body(statement(first, "success\":false"))
                .put(STATEMENTS + "?statementId=" + first)
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("type", equalTo(URN + "conflict"), "ids", contains(first));
        folded(2);
    }

    @Test
    @DisplayName(
            "R-M1: a list of statements counts as a whole, with every refusal told; on wish the good ones are taken")
    void wholeOrLenient() {
        String good = UUID.randomUUID().toString();
        String body = "[" + statement(good, "success\":true") + ",{},"
                + statement("12345678-1234-5678-1234-567812345678", "success\":7") + "]";
        xapi().body(body)
                .post(STATEMENTS)
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .header("X-Experience-API-Version", "1.0.3")
                .body("rejected.index", contains(1, 2), "rejected[1].detail", startsWith("result.success"));
        xapi().header("Prefer", "respond-async, handling=lenient")
                .body(body)
                .post(STATEMENTS)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "handling=lenient")
                .body("accepted", equalTo(1), "rejected", hasSize(2), "ids", contains(good));
        folded(1);
    }

    @Test
    @DisplayName("R-M1: xAPI's own rules: version, one id once, the id in the address, no reading back")
    void rules() {
        String id = UUID.randomUUID().toString();
        String one = statement(id, "success\":true");
        app().body(one).post(STATEMENTS).then().statusCode(400).contentType(PROBLEM);
        app().header("X-Experience-API-Version", "0.95")
                .body(one)
                .post(STATEMENTS)
                .then()
                .statusCode(400);
        xapi().body("[" + one + "," + one + "]").post(STATEMENTS).then().statusCode(400);
        xapi().body(one)
                .put(STATEMENTS + "?statementId=" + UUID.randomUUID())
                .then()
                .statusCode(400)
                .body("detail", startsWith("The statement: id:"));
        xapi().body(one).put(STATEMENTS).then().statusCode(400);
        xapi().body("[" + one + "]")
                .put(STATEMENTS + "?statementId=" + id)
                .then()
                .statusCode(400);
        xapi().get(STATEMENTS).then().statusCode(405);
        xapi().contentType("multipart/mixed; boundary=x")
                .body("--x--")
                .post(STATEMENTS)
                .then()
                .statusCode(415);
        given().get("/xapi/about").then().statusCode(200).body("version", containsInAnyOrder("1.0.3", "2.0.0"));
        given().contentType("application/json")
                .body(one)
                .post(STATEMENTS)
                .then()
                .statusCode(401);
        app().header("X-Experience-API-Version", "2.0.0")
                .body(one)
                .post(STATEMENTS)
                .then()
                .statusCode(200)
                .header("X-Experience-API-Version", "2.0.0");
        folded(1);
    }

    @Test
    @DisplayName("R-M1: of an envelope the good events are taken and the others told")
    void envelope() {
        app().body(envelope(event("GradeEvent"), "{\"id\":\"https://example.edu/1\",\"type\":\"Person\"}", "7"))
                .post("/caliper")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1), "rejected.index", contains(1, 2));
        folded(1);
        app().body("[]").post("/caliper").then().statusCode(400).contentType(PROBLEM);
        app().body("{}").post("/caliper").then().statusCode(400).contentType(PROBLEM);
        given().contentType("application/json")
                .body("{}")
                .post("/caliper")
                .then()
                .statusCode(401);
    }

    @Test
    @DisplayName("R-M1: fuzz over HTTP: no 500, and what was told as accepted is in the table")
    void fuzz() {
        int accepted = 0;
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Mutant mutant = new Mutant(random);
            List<String> statements = new ArrayList<>();
            List<String> events = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                statements.add(mutant.values(statement(UUID.randomUUID().toString(), "success\":true")));
                events.add(mutant.values(event("AssessmentItemEvent")));
            }
            accepted += accepted(xapi().header("Prefer", "handling=lenient"), STATEMENTS, statements.toString());
            accepted += accepted(app(), "/caliper", envelope(events.toArray(String[]::new)));
        }
        assertThat(accepted).isPositive();
        folded(accepted);
    }

    private static int accepted(RequestSpecification request, String path, String body) {
        var answer = request.body(body).post(path).then().extract();
        assertThat(answer.statusCode()).as(body).isBetween(200, 202);
        int accepted = answer.path("accepted");
        List<?> rejected = answer.path("rejected");
        assertThat(accepted + rejected.size()).isEqualTo(4);
        return accepted;
    }

    private void folded(int events) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> count() == events);
    }

    private long count() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT count(*) FROM metrics.event WHERE classroom = ?")) {
            query.setString(1, classroom);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }

    private static String statement(String id, String result) {
        return """
                {"id":"%s","actor":{"account":{"homePage":"https://s.example","name":"p1"}},
                 "verb":{"id":"http://adlnet.gov/expapi/verbs/answered"},"object":{"id":"x:1"},"result":{"%s}}
                """.formatted(id, result);
    }

    private static String event(String type) {
        return """
                {"id":"urn:uuid:%s","type":"%s","action":"Completed","actor":{"id":"p1","type":"Person"},
                 "object":{"id":"x:1"},"eventTime":"2026-11-21T09:59:59Z"}""".formatted(UUID.randomUUID(), type);
    }

    private static String envelope(String... events) {
        return """
                {"sensor":"https://example.edu/sensor","sendTime":"2026-11-21T10:00:00.000Z",
                 "dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p1","data":[%s]}""".formatted(String.join(",", events));
    }

    private RequestSpecification xapi() {
        return app().header("X-Experience-API-Version", "1.0.3");
    }

    private RequestSpecification app() {
        String token = JwtResource.issuer()
                .issue(TokenRequest.of("quiz", "app").inClassrooms(classroom).forApp("quiz"));
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("multipart/mixed", io.restassured.http.ContentType.TEXT)))
                .contentType("application/json")
                .auth()
                .oauth2(token);
    }
}
