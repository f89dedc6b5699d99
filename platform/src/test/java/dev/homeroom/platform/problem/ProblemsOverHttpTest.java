package dev.homeroom.platform.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.HttpClosedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error of an interface is problem+json of a documented type, and tells nothing of the inside. */
@QuarkusTest
@WithTestResource(JwtResource.class)
class ProblemsOverHttpTest {
    @Test
    void aRequestThatIsCutOffIsNoDefect() {
        var mappers = new ProblemMappers();
        IOException cut = new IOException(new IOException(new HttpClosedException("Connection was closed")));
        assertThat(mappers.cutOff(cut).getStatus()).isEqualTo(400);
        assertThat(mappers.cutOff(new IOException(new ClosedChannelException())).getStatus())
                .isEqualTo(400);
        assertThat(mappers.cutOff(new IOException("disk")).getStatus()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name'|malformed|line 1",
                "{'name':'a'} {}|malformed|Something follows",
                "[]|invalid|expected an object",
                "{'name':'a','nonsense':1}|invalid|'nonsense': there is no such field",
                "{'name':5}|invalid|'name': expected a string",
                "{'name':'a','number':'5'}|invalid|'number': expected a whole number",
                "{'name':'a','number':5.5}|invalid|'number': expected a whole number",
                "{'name':'a','number':99999999999}|invalid|the number is out of range",
                "{'name':'a','at':'yesterday'}|invalid|'at': expected an ISO-8601 instant",
                "{'name':'a','at':12}|invalid|'at': expected an ISO-8601 instant",
                "{'name':'a','length':'long'}|invalid|'length': expected an ISO-8601 duration",
                "{'name':'a','id':'x'}|invalid|'id': expected a UUID",
                "{'name':'a','colour':'BLUE'}|invalid|one of RED, GREEN",
                "{'name':'a','parts':[{'count':1},{'count':'x'}]}|invalid|'parts[1].count'",
                "{'name':'a','parts':{}}|invalid|'parts': expected an array",
                "{'name':'a','number':13}|invalid|13 is not taken",
                "{}|invalid|name: must not be blank",
                "{'name':'much too long a name'}|invalid|name: size must be",
                "null|invalid|must not be null",
                "''|invalid|must not be null",
            },
            quoteCharacter = '#')
    void badBodiesAreNamed(String body, String type, String words) {
        String sent = body.equals("''") ? "" : body.replace('\'', '"');
        problem(
                        given().contentType("application/json")
                                .body(sent)
                                .post("/probe")
                                .then(),
                        400,
                        type)
                .body("detail", allOf(containsString(words), not(containsString("homeroom"))));
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100) + "]".repeat(100);
        problem(json("{\"name\":\"a\",\"any\":" + deep + "}").post("/probe").then(), 413, "too-large");
    }

    @Test
    void goodBodiesComeBackInOneShape() {
        json("{\"name\":\"a\",\"at\":\"2026-11-01T09:00:00+01:00\",\"length\":\"PT30S\"}")
                .post("/probe")
                .then()
                .statusCode(200)
                .body(equalTo(
                        "{\"items\":[{\"name\":\"a\",\"at\":\"2026-11-01T08:00:00.000Z\",\"length\":\"PT30S\"}]}"));
    }

    @Test
    void whatTheRestLayerRefusesIsAProblemToo() {
        problem(given().get("/probe?limit=6").then(), 400, "invalid").body("violations", hasSize(1));
        problem(given().get("/probe/ids/not-a-uuid").then(), 404, "not-found");
        problem(given().get("/probe/nowhere").then(), 404, "not-found");
        problem(given().get("/nowhere").then(), 404, "not-found");
        problem(given().delete("/probe").then(), 405, "method-not-allowed");
        problem(given().accept("text/html").get("/probe/held").then(), 406, "not-acceptable");
        problem(given().contentType("text/plain").body("x").post("/probe").then(), 415, "unsupported-media-type");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "POST /probe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n"
                                    .getBytes(US_ASCII));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
            assertThat(answer.lines().takeWhile(line -> !line.isEmpty()))
                    .anyMatch(line -> line.toLowerCase(Locale.ROOT).equals("content-type: " + Problem.MEDIA_TYPE));
        }
    }

    @Test
    void extensionMembersArePassedOn() {
        problem(given().get("/probe/held").then(), 409, "held").body("retryAfterMs", equalTo(250));
    }

    @Test
    void defectsTellNothingButAnId() {
        problem(given().get("/probe/broken").then(), 500, "internal")
                .body("instance", startsWith("urn:uuid:"))
                .body(not(containsString("swordfish")));
    }

    @Test
    void noTokenOrABadOneIs401() {
        problem(given().get("/probe/operators").then(), 401, "unauthenticated").header("WWW-Authenticate", "Bearer");
        problem(given().auth().oauth2("nonsense").get("/probe/operators").then(), 401, "unauthenticated")
                .header("WWW-Authenticate", "Bearer");
        problem(given().get("/q/metrics").then(), 401, "unauthenticated").header("WWW-Authenticate", "Bearer");
    }

    @Test
    void theWrongRoleIs403() {
        problem(as("agent").get("/probe/operators").then(), 403, "forbidden");
        problem(as("agent").get("/q/metrics").then(), 403, "forbidden");
        problem(as("admin").get("/probe/forgotten").then(), 403, "forbidden");
        as("operator").get("/probe/operators").then().statusCode(200);
        as("admin").get("/probe/operators").then().statusCode(200);
    }

    @Test
    void healthIsOpen() {
        given().get("/q/health/live").then().statusCode(200);
        given().header("Host", "10.0.0.9").get("/q/health/live").then().statusCode(200);
    }

    @Test
    void teachersAreLimitedToTheirClassrooms() {
        String token =
                JwtResource.issuer().issue(TokenRequest.of("t-1", "teacher").inClassrooms("c1"));
        given().auth()
                .oauth2(token)
                .get("/probe/classrooms/c1")
                .then()
                .statusCode(200)
                .body(equalTo("t-1"));
        problem(given().auth().oauth2(token).get("/probe/classrooms/c2").then(), 403, "forbidden");
        as("service").get("/probe/classrooms/c2").then().statusCode(200);
    }

    @Test
    void foreignHostsAndOriginsAreRefused() {
        problem(given().header("Host", "evil.example").get("/probe/held").then(), 403, "forbidden");
        problem(
                given().header("Origin", "https://evil.example")
                        .get("/probe/held")
                        .then(),
                403,
                "forbidden");
        RequestSpecification upgrade = given().header("Connection", "Upgrade").header("Upgrade", "websocket");
        problem(
                upgrade.header("Origin", "https://evil.example")
                        .get("/probe/held")
                        .then(),
                403,
                "forbidden");
        problem(given().header("Origin", "null").get("/probe/held").then(), 403, "forbidden");
        problem(
                given().header("Origin", "http://localhost:8080")
                        .get("/probe/held")
                        .then(),
                409,
                "held");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(JwtResource.token(role));
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String name) {
        return response.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo(ProblemType.PREFIX + name))
                .body("status", equalTo(status));
    }
}
