package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.unique;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks from a file of lines (R-Q11). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class ImportHttpTest {
    @Test
    @DisplayName("R-Q11: a bad line is reported with its number and its reason, and loses nothing else")
    void badLines() {
        String type = unique();
        String lines = "{\"type\":\"" + type + "\"}\n"
                + "{\"type\":\n"
                + "\n"
                + "{\"type\":\"" + type + "\",\"colour\":\"red\"}\n"
                + "{\"type\":\"" + type + "\",\"priority\":11}\r\n"
                + "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\"}\n"
                + "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\"}\n"
                + "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\",\"payload\":7}\n"
                + "{\"type\":\"" + type + "\",\"deadline\":\"2001-01-01T00:00:00Z\"}";
        lines(lines.getBytes(UTF_8))
                .body("accepted", equalTo(2))
                .body("duplicates", equalTo(1))
                .body("rejected.line", equalTo(List.of(2, 4, 5, 8, 9)))
                .body("rejected[0].type", equalTo("urn:homeroom:problem:malformed"))
                .body("rejected[1].type", equalTo("urn:homeroom:problem:invalid"))
                .body("rejected[3].type", equalTo("urn:homeroom:problem:idempotency-key-reused"))
                .body("rejected[4].detail", containsString("deadline"))
                .body("ids", hasSize(3));
        as("operator").get("/api/tasks?type=" + type).then().body("items", hasSize(2));
    }

    @Test
    @DisplayName("R-Q11: ten megabytes with one broken line")
    void tenMegabytes() {
        String type = unique();
        int tasks = 2_000;
        int broken = 1_234;
        String filler = "x".repeat(5_000);
        var lines = new StringBuilder();
        for (int line = 1; line <= tasks; line++) {
            lines.append("{\"type\":\"")
                    .append(type)
                    .append("\",\"payload\":\"")
                    .append(filler);
            lines.append(line == broken ? "\"\n" : "\"}\n");
        }
        assertThat(lines.length()).isGreaterThan(10_000_000);
        lines(lines.toString().getBytes(UTF_8))
                .body("accepted", equalTo(tasks - 1))
                .body("rejected.line", equalTo(List.of(broken)));
    }

    @Test
    @DisplayName("R-Q11: lines of bytes that are no text, of NUL and of a payload that the database would change")
    void strangeLines() {
        String type = unique();
        var body = new ByteArrayOutputStream();
        body.writeBytes(("{\"type\":\"" + type + "\"}\n{\"type\":\"").getBytes(UTF_8));
        body.writeBytes(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff});
        body.writeBytes(("\"}\n\0\n{\"type\":\"a\\u0000b\"}\n{\"type\":\"" + type + "\",\"payload\":\"\\ud800\"}\n"
                        + "{\"type\":\"" + type + "\",\"payload\":[\"a\\u0000b\",1e400,0.12345678901234567890]}")
                .getBytes(UTF_8));
        var ids = lines(body.toByteArray())
                .body("accepted", equalTo(2))
                .body("rejected.line", equalTo(List.of(2, 3, 4, 5)))
                .extract()
                .jsonPath()
                .getList("ids", String.class);
        assertThat(as("operator").get("/api/tasks/" + ids.getLast()).asString())
                .as("kept to the last digit")
                .contains("[\"a\\u0000b\",1E+400,0.1234567890123456789]");
    }

    @Test
    @DisplayName("R-Q11: nothing in a batch is nothing done; too much in it is refused as a whole")
    void bounds() {
        lines(new byte[0]).body("accepted", equalTo(0)).body("ids", empty());
        lines("\n \n".getBytes(UTF_8)).body("accepted", equalTo(0));
        post("/api/tasks/batch", "[]").statusCode(200).body("accepted", equalTo(0));
        String type = unique();
        as("agent")
                .contentType("application/x-ndjson")
                .body(("{\"type\":\"" + type + "\"}\n").repeat(10_001).getBytes(UTF_8))
                .post("/api/tasks/batch")
                .then()
                .statusCode(422)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:homeroom:problem:too-many"));
        as("operator").get("/api/tasks?type=" + type).then().body("items", empty());
    }

    private static ValidatableResponse lines(byte[] body) {
        return as("agent")
                .contentType("application/x-ndjson")
                .body(body)
                .post("/api/tasks/batch")
                .then()
                .statusCode(200);
    }
}
