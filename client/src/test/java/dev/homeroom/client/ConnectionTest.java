package dev.homeroom.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.client.time.Backoff;
import dev.homeroom.client.time.SettableTime;
import dev.homeroom.contracts.problem.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-W1 the way to the coordinator")
class ConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    private final TestServer server = new TestServer();
    private final SettableTime time = new SettableTime(Instant.EPOCH);
    private final Connection connection =
            new Connection(ConnectionSettings.of(server.origin(), "secret").withTime(time));

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    @Test
    void theTokenAndTheBodyGoOut() throws InterruptedException {
        server.next(TestServer.ok("{'answer':42,'unknown':true}"));
        Reply reply = connection.post("/api/x", Map.of("at", Instant.EPOCH, "for", Duration.ofSeconds(90)));
        assertThat(reply.as(JsonNode.class).path("answer").asInt()).isEqualTo(42);
        TestServer.Received request = server.received().getFirst();
        assertThat(request.authorization()).isEqualTo("Bearer secret");
        assertThat(request.body().path("at").asText()).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(request.body().path("for").asText()).isEqualTo("PT1M30S");
    }

    @Test
    void namesArePercentEncodedAsAWhole() throws InterruptedException {
        server.next(TestServer.ok("{}"));
        connection.get(Request.path("/api/locks", "src/main a?b#c", "acquire"));
        assertThat(server.received().getFirst().path()).isEqualTo("/api/locks/src%2Fmain%20a%3Fb%23c/acquire");
    }

    @Test
    @DisplayName("R-L3 a refusal names its type, the holder and what to do next")
    void refusal() {
        server.next(TestServer.problem(
                ProblemType.HELD,
                ",'next':['wait'],'queuePosition':2,'retryAfterMs':1000,"
                        + "'holder':{'session':'s-2','incarnation':3,'host':'dev-1','heartbeatAge':'4s ago'}"));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> connection.get("/x"));
        assertThat(refused.is(ProblemType.HELD)).isTrue();
        assertThat(refused.type()).isEqualTo("urn:homeroom:problem:held");
        assertThat(refused.title()).isEqualTo("Somebody else holds the resource");
        assertThat(refused.detail()).isEqualTo("It is so.");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.next()).containsExactly("wait");
        assertThat(refused.problem().queuePosition()).isEqualTo(2);
        assertThat(refused.problem().holder())
                .extracting(Holder::session, Holder::host, Holder::heartbeatAge)
                .containsExactly("s-2", "dev-1", "4s ago");
    }

    @Test
    void aRefusalByAProxyIsAProblemWithoutAType() {
        server.next(TestServer.answer(502, "text/html", "<h1>Bad gateway</h1>"));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> connection.get("/x"));
        assertThat(refused.type()).isEqualTo("about:blank");
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.isRepeatable()).isTrue();
    }

    @Test
    void noAnswerInTimeAndHalfAnAnswerEndWithTheTimeout() {
        server.next(TestServer.hang(), TestServer.stall());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> connection.send(new Request("GET", "/x", null, SHORT)))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("within PT0.15S");
        }
    }

    @Test
    void aDroppedConnectionAndNonsenseAreNoAnswer() {
        server.next(TestServer.drop(), TestServer.ok("[1"));
        assertThatThrownBy(() -> connection.post("/x", Map.of())).isInstanceOf(NoAnswerException.class);
        assertThatThrownBy(() -> connection.get("/x").as(JsonNode.class)).isInstanceOf(NoAnswerException.class);
    }

    @Test
    void aRepeatWaitsAsLongAsTheServerWantsWithinBounds() throws InterruptedException {
        server.next(
                TestServer.problem(ProblemType.OVERLOADED, ",'retryAfterMs':700"),
                TestServer.problem(ProblemType.NOT_LEADER, ",'retryAfterMs':9999999"),
                TestServer.drop(),
                TestServer.ok("{}"));
        new Repeat(time, Backoff.NO_ANSWER).until(() -> connection.post("/x", Map.of()));
        assertThat(Duration.ofNanos(time.nanos())).isEqualTo(Duration.ofMillis(700 + 2_000 + 400));
    }

    @Test
    void aRepeatEndsWithARefusalItsRetriesOrItsSignal() {
        server.always(request -> TestServer.drop());
        Backoff twice = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 2);
        Repeat.Attempt attempt = () -> connection.post("/x", Map.of());
        assertThatThrownBy(() -> new Repeat(time, twice).until(attempt)).isInstanceOf(NoAnswerException.class);
        assertThat(server.received()).hasSize(3);

        assertThatThrownBy(() -> new Repeat(time, twice, new CountDownLatch(0)).until(attempt))
                .isInstanceOf(NoAnswerException.class);
        assertThat(server.received()).hasSize(4);

        server.always(request -> TestServer.problem(ProblemType.INVALID, ""));
        assertThatThrownBy(() -> new Repeat(time, twice).until(attempt)).isInstanceOf(ProblemException.class);
        assertThat(server.received()).hasSize(5);
    }

    @Test
    void badSettingsAreRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionSettings.of(URI.create("ftp://x/"), "t"))
                .withMessage("The origin must be like http://127.0.0.1:8080 or https://host/path, not ftp://x/.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionSettings.of(server.origin(), "t").withRequestTimeout(Duration.ZERO))
                .withMessage("requestTimeout must be from PT0.01S to PT5M, not PT0S.");
    }
}
