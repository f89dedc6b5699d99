package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.platform.event.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edge over HTTP, with a real broker behind it (R-M1, R-O4). */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class EdgeTest {
    private static final String PROBLEM = "application/problem+json";
    private static final String URN = "urn:homeroom:problem:";

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    private final String classroom = "edge-" + UUID.randomUUID();

    @Test
    void anAcceptedEventIsWithTheBroker() {
        String id = UUID.randomUUID().toString();
        app().body(event(id, "\"value\":1.5"))
                .post("/api/metrics")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1), "rejected", hasSize(0));
        Event<MetricEvent> published = published(1).getFirst();
        assertThat(published.id()).isEqualTo(id);
        assertThat(published.subject()).isEqualTo(classroom);
        assertThat(published.source()).isEqualTo("/apps/quiz+app");
        assertThat(published.data().app()).isEqualTo("quiz app");
        assertThat(published.data().value()).isEqualTo(1.5);
        assertThat(published.data().receivedAt()).isAfter(published.data().occurredAt());
    }

    @Test
    void ofABatchTheBadEventsAreListedAndTheOthersPublished() {
        String body = "[" + event(UUID.randomUUID().toString(), "\"color\":1") + ","
                + event(UUID.randomUUID().toString(), "\"value\":1") + "]";
        app().body(body)
                .post("/api/metrics")
                .then()
                .statusCode(202)
                .body(
                        "accepted",
                        equalTo(1),
                        "rejected[0].index",
                        equalTo(0),
                        "rejected[0].type",
                        equalTo(URN + "malformed"));
        assertThat(published(1)).hasSize(1);
        app().body("[{\"type\":\"click\"}]")
                .post("/api/metrics")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(0), "rejected", hasSize(1));
    }

    @Test
    void linesMayComePacked() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append(event(UUID.randomUUID().toString(), "\"value\":" + i)).append('\n');
        }
        app().contentType(Body.NDJSON)
                .header("Content-Encoding", "gzip")
                .body(packed(lines.toString().getBytes(StandardCharsets.UTF_8)))
                .post("/api/metrics")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(300));
        assertThat(published(300).stream().map(e -> e.data().value()))
                .as("one classroom keeps its order")
                .isSorted();
    }

    @Test
    void whatUnpacksTooLargeIsRefused() throws IOException {
        app().header("Content-Encoding", "gzip")
                .body(packed(new byte[64 * Body.MOST_BYTES]))
                .post("/api/metrics")
                .then()
                .statusCode(413)
                .contentType(PROBLEM)
                .body("type", equalTo(URN + "too-large"));
        app().header("Content-Encoding", "gzip")
                .body("plain")
                .post("/api/metrics")
                .then()
                .statusCode(400);
        app().header("Content-Encoding", "br")
                .body("plain")
                .post("/api/metrics")
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json     | {"id":           | 400 | malformed
            application/json     | 'seven'          | 400 | malformed
            application/json     | ''               | 400 | malformed
            application/json     | {"id":"x"}       | 400 | invalid
            application/json     | {"color":"red"}  | 400 | malformed
            text/plain           | hello            | 415 | unsupported-media-type
            """)
    void aBadRequestIsAProblem(String type, String body, int status, String problem) {
        app().contentType(type)
                .body(body)
                .post("/api/metrics")
                .then()
                .statusCode(status)
                .contentType(PROBLEM)
                .body("type", equalTo(URN + problem), "title", startsWith(""), "status", equalTo(status));
    }

    @Test
    void tokensDecide() {
        String event = event(UUID.randomUUID().toString(), "\"value\":1");
        json().body(event).post("/api/metrics").then().statusCode(401).contentType(PROBLEM);
        json().auth()
                .oauth2("not.a.token")
                .body(event)
                .post("/api/metrics")
                .then()
                .statusCode(401)
                .contentType(PROBLEM);
        as(TokenRequest.of("t", "teacher"))
                .body(event)
                .post("/api/metrics")
                .then()
                .statusCode(403)
                .contentType(PROBLEM);
        as(TokenRequest.of("a", "app"))
                .body(event)
                .post("/api/metrics")
                .then()
                .statusCode(403)
                .contentType(PROBLEM);
        as(TokenRequest.of("a", "app").forApp("quiz").inClassrooms("other"))
                .body(event)
                .post("/api/metrics")
                .then()
                .statusCode(403)
                .body("type", equalTo(URN + "forbidden"));
        as(TokenRequest.of("a", "app").forApp("quiz").forStudent("somebody"))
                .body(event)
                .post("/api/metrics")
                .then()
                .statusCode(403);
        app().get("/api/metrics").then().statusCode(405).contentType(PROBLEM);
    }

    private RequestSpecification app() {
        return as(TokenRequest.of("quiz", "app").inClassrooms(classroom).forApp("quiz app"));
    }

    private static RequestSpecification as(TokenRequest token) {
        return json().auth().oauth2(JwtResource.issuer().issue(token));
    }

    private static RequestSpecification json() {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(Body.NDJSON, io.restassured.http.ContentType.TEXT)
                                .encodeContentTypeAs("application/json", io.restassured.http.ContentType.TEXT)))
                .contentType("application/json");
    }

    private String event(String id, String more) {
        return """
                {"id":"%s","classroom":"%s","student":"p1","type":"click","occurredAt":"2026-11-01T08:00:00Z",%s}""".formatted(id, classroom, more);
    }

    private static byte[] packed(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private List<Event<MetricEvent>> published(int count) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        List<Event<MetricEvent>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.USABILITY).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> {
                    if (classroom.equals(each.key())) {
                        found.add(EventCodec.decode(each, MetricEvent.class));
                    }
                });
                return found.size() >= count;
            });
        }
        return found;
    }
}
