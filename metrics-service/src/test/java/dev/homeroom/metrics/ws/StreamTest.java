package dev.homeroom.metrics.ws;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.rollup.MinuteRollup;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import dev.homeroom.platform.event.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live stream over WebSocket and SSE (R-T2, R-P9). */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(DashboardAddress.class)
class StreamTest {
    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Inject
    DataSource database;

    @ConfigProperty(name = "homeroom.dashboard.url")
    URI dashboardUrl;

    private final String room = "room-" + UUID.randomUUID();
    private KafkaProducer<String, byte[]> producer;
    private Dashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = new Dashboard(dashboardUrl);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("linger.ms", 0);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close(Duration.ofSeconds(5));
        dashboard.close();
    }

    @Test
    void aLiveAlertArrivesIsReceivedAndTheStreamGoesOnAfterACut() {
        try (Device device = device()) {
            assertThat(device.subprotocol()).as("the token is not echoed").isEqualTo("homeroom.v1");
            device.subscribe(room);
            assertThat(device.next("hello").path("seq").asLong()).isZero();
            assertThat(device.next("snapshot").path("alerts")).isEmpty();
            publish(dashboard.raise(room));
            JsonNode alert = device.next("alert");
            assertThat(alert.path("seq").asLong()).isEqualTo(1);
            assertThat(alert.path("change").path("alert").path("id").asText()).isEqualTo("a-1");
            device.received(room, 1);
            stored(1);
        }
        publish(dashboard.raise(room));
        publish(dashboard.raise(room));
        try (Device again = device()) {
            again.subscribe(room);
            assertThat(again.next("hello").path("seq").asLong()).isEqualTo(1);
            assertThat(again.next("alert").path("seq").asLong()).isEqualTo(2);
            assertThat(again.next("alert").path("seq").asLong()).isEqualTo(3);
        }
        try (Device resumed = device()) {
            resumed.resume(room, 2);
            assertThat(resumed.next("hello").path("seq").asLong()).isEqualTo(2);
            assertThat(resumed.next("alert").path("seq").asLong()).isEqualTo(3);
            resumed.received(room, 3);
            stored(3);
        }
    }

    @Test
    void aHoleIsFetched() {
        try (Device device = device()) {
            publish(dashboard.raise(room));
            device.resume(room, 0);
            device.next("hello");
            device.next("alert");
            dashboard.raise(room);
            dashboard.raise(room);
            publish(dashboard.raise(room));
            for (int seq = 2; seq <= 4; seq++) {
                assertThat(device.next("alert").path("seq").asLong()).isEqualTo(seq);
            }
        }
    }

    @Test
    void historyThatIsGoneIsAGapAndASnapshot() {
        for (int i = 0; i < 5; i++) {
            dashboard.raise(room);
        }
        dashboard.forget(room, 4);
        try (Device device = device()) {
            device.resume(room, 2);
            assertThat(device.next("hello").path("seq").asLong()).isEqualTo(2);
            JsonNode gap = device.next("gap");
            assertThat(gap.path("from").asLong()).isEqualTo(3);
            assertThat(gap.path("to").asLong()).isEqualTo(5);
            JsonNode snapshot = device.next("snapshot");
            assertThat(snapshot.path("seq").asLong()).isEqualTo(5);
            assertThat(snapshot.path("alerts")).hasSize(5);
            publish(dashboard.raise(room));
            assertThat(device.next("alert").path("seq").asLong()).isEqualTo(6);
        }
    }

    @Test
    void whoDoesNotReadIsClosedAndAnotherGoesOn() {
        try (Device deaf = new Device(uri(), teacher(), false);
                Device silent = device();
                Device well = device()) {
            deaf.subscribe(room);
            silent.subscribe(room);
            well.subscribe(room);
            well.next("hello");
            well.next("snapshot");
            silent.next("hello");
            silent.next("snapshot");
            publish(dashboard.raise(room));
            assertThat(well.next("alert").path("seq").asLong()).isEqualTo(1);
            well.received(room, 1);
            assertThat(silent.closeCode()).isEqualTo(4408);
            publish(dashboard.raise(room));
            assertThat(well.next("alert").path("seq").asLong()).isEqualTo(2);
            assertThat(well.isOpen()).isTrue();
        }
    }

    @Test
    void figuresComeToo() {
        try (Device device = device()) {
            device.subscribe(room);
            device.next("hello");
            device.next("snapshot");
            var rollup = new MinuteRollup(room, Instant.parse("2026-11-21T10:00:00Z"), 1, 10, 2, 3, 4, 1, 1);
            publish(EventType.ROLLUP_UPDATED, room, rollup);
            assertThat(device.next("rollup").path("rollup").path("events").asLong())
                    .isEqualTo(10);
        }
    }

    @Test
    void badFramesAreProblemsAndThenTheEnd() {
        try (Device device = device()) {
            device.subscribe("another-room");
            assertThat(problem(device)).isEqualTo("forbidden");
            device.send("{'type':'subscribe'}");
            assertThat(problem(device)).isEqualTo("invalid");
            device.send("{'type':'dance'}");
            assertThat(problem(device)).isEqualTo("malformed");
            device.send("{'type':'received','classroom':'c','epoch':'e','seq':'1'}");
            assertThat(problem(device)).isEqualTo("malformed");
            device.send("nonsense");
            assertThat(device.closeCode()).isEqualTo(4400);
        }
        try (Device device = device()) {
            device.send("x".repeat(20_000));
            assertThat(device.closeCode()).isEqualTo(4400);
        }
    }

    @Test
    void tokensAndOriginsDecideAtTheDoor() {
        assertThat(handshake("not.a.token", null)).isEqualTo(401);
        assertThat(handshake(JwtResource.issuer().issue(TokenRequest.of("a", "app")), null))
                .isEqualTo(403);
        assertThat(handshake(teacher(), "https://evil.example")).isEqualTo(403);
        String brief = JwtResource.issuer()
                .issue(TokenRequest.of("t", "teacher").inClassrooms(room).livingFor(Duration.ofSeconds(4)));
        try (Device device = new Device(uri(), brief)) {
            assertThat(device.closeCode()).isPositive();
        }
    }

    @Test
    void theSameComesAsServerSentEvents() throws Exception {
        publish(dashboard.raise(room));
        String id;
        try (BufferedReader events = events(null)) {
            assertThat(event(events).get("event")).isEqualTo("hello");
            assertThat(event(events).get("event")).isEqualTo("snapshot");
            publish(dashboard.raise(room));
            Map<String, String> alert = event(events);
            assertThat(alert.get("event")).isEqualTo("alert");
            assertThat(alert.get("data")).contains("\"seq\":2");
            id = alert.get("id");
            assertThat(id).isEqualTo(room + ":" + Dashboard.EPOCH + ":2");
        }
        publish(dashboard.raise(room));
        try (BufferedReader events = events(id)) {
            assertThat(event(events).get("event")).isEqualTo("hello");
            assertThat(event(events).get("data")).contains("\"seq\":3");
        }
        given().get("/stream/classrooms?id=" + room).then().statusCode(401);
        given().auth()
                .oauth2(teacher())
                .get("/stream/classrooms?id=other")
                .then()
                .statusCode(403);
        given().auth().oauth2(teacher()).get("/stream/classrooms").then().statusCode(400);
    }

    private BufferedReader events(@Nullable String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/stream/classrooms?id=" + room))
                .header("Authorization", "Bearer " + teacher())
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(30));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer = Device.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> event(BufferedReader events) throws IOException {
        Map<String, String> event = new HashMap<>();
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.isEmpty() && event.containsKey("data")) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                event.merge(line.substring(0, colon), line.substring(colon + 1).strip(), String::concat);
            }
        }
        return event;
    }

    private int handshake(String token, @Nullable String origin) {
        var attempt = Device.connect(uri(), token, origin, new WebSocket.Listener() {});
        try {
            attempt.orTimeout(20, TimeUnit.SECONDS).join().abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private static String problem(Device device) {
        return device.next("problem").path("problem").path("type").asText().replace("urn:homeroom:problem:", "");
    }

    private void stored(long seq) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(receipt()).isEqualTo(seq));
    }

    private long receipt() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT max(seq) FROM metrics.stream_receipt WHERE classroom = ? AND subject = 't' AND device = 'd1'")) {
            query.setString(1, room);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private Device device() {
        return new Device(uri(), teacher());
    }

    private String teacher() {
        return JwtResource.issuer().issue(TokenRequest.of("t", "teacher").inClassrooms(room));
    }

    private URI uri() {
        return URI.create("ws://127.0.0.1:" + RestAssured.port + "/ws/classrooms");
    }

    private void publish(AlertChange change) {
        publish(EventType.ALERT_CHANGED, change.classroom(), change);
    }

    private <T extends Record> void publish(EventType type, String subject, T data) {
        var event = new Event<>(UUID.randomUUID().toString(), "/test", type, subject, Instant.EPOCH, data);
        try {
            producer.send(EventCodec.encode(event)).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
