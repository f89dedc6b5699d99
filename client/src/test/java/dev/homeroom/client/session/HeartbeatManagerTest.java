package dev.homeroom.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.client.Connection;
import dev.homeroom.client.ConnectionSettings;
import dev.homeroom.client.TestServer;
import dev.homeroom.client.session.Loss.Reason;
import dev.homeroom.client.time.SettableTime;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-S2 the heartbeat manager")
class HeartbeatManagerTest {
    private static final HeartbeatSettings STEADY = new HeartbeatSettings(3, Duration.ofSeconds(10), 0);

    private final TestServer server = new TestServer();
    private final SettableTime time = new SettableTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final Connection connection =
            new Connection(ConnectionSettings.of(server.origin(), "t").withTime(time));
    private final List<String> told = new ArrayList<>();
    private HeartbeatManager manager = manager(STEADY, 30_000);

    @BeforeEach
    void live() {
        server.always(request -> beat(30_000));
    }

    @AfterEach
    void close() {
        manager.close();
        connection.close();
        server.close();
    }

    private HeartbeatManager manager(HeartbeatSettings settings, long leaseMs) {
        server.next(TestServer.answer(
                201,
                "application/json",
                "{'id':'s/1','incarnation':7,'instance':'i','capabilities':[],'maxConcurrentTasks':1,'status':'starting',"
                        + "'leaseTimeout':'PT30S','heartbeatInterval':'PT10S','leaseDeadline':'2026-01-01T00:00:30.000Z',"
                        + "'leaseRemainingMs':" + leaseMs + ",'heartbeatAgeSeconds':0,'secondsUntilStale':300}"));
        try {
            Registration registration = new SessionClient(connection).register(NewSession.named("n"));
            HeartbeatManager made = new HeartbeatManager(connection, registration, settings);
            made.listen(new SessionListener() {
                @Override
                public boolean onAssigned(Beat.Assigned task) {
                    told.add("assigned " + task.task() + " " + task.token());
                    return task.task().startsWith("mine");
                }

                @Override
                public void onRevoked(Beat.Revoked grant) {
                    told.add("revoked " + grant.resource() + " " + grant.token() + " " + grant.reason());
                }

                @Override
                public void onLost(Loss loss) {
                    told.add("lost " + loss.reason());
                }
            });
            return made;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestServer.Reaction beat(long leaseMs) {
        return beat(leaseMs, "");
    }

    private static TestServer.Reaction beat(long leaseMs, String more) {
        return TestServer.ok("{'leaseDeadline':'2026-01-01T00:00:30.000Z','leaseRemainingMs':" + leaseMs + more + "}");
    }

    private List<TestServer.Received> beats() {
        return server.received("/heartbeat");
    }

    private JsonNode lastBeat() {
        return beats().getLast().body();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void beatsAtOnceAndThenAtTheIntervalPastTheFirstLease() {
        assertThat(manager.isActive()).isFalse();
        manager.start();
        manager.start();
        time.advance(seconds(95));
        assertThat(beats()).hasSize(10);
        assertThat(beats().getFirst().path()).isEqualTo("/api/sessions/s%2F1/heartbeat");
        assertThat(lastBeat().toString()).isEqualTo("{\"incarnation\":7,\"unanswered\":1}");
        assertThat(manager.isActive()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void comesEarlierByTheJitterAndNeverLater() {
        manager = manager(new HeartbeatSettings(3, seconds(1), 0.5), 30_000);
        List<Instant> beats = new CopyOnWriteArrayList<>();
        server.always(request -> {
            beats.add(time.instant());
            return beat(30_000);
        });
        manager.start();
        time.advance(seconds(500));
        assertThat(beats).hasSizeBetween(51, 101);
        for (int i = 1; i < beats.size(); i++) {
            assertThat(Duration.between(beats.get(i - 1), beats.get(i))).isBetween(seconds(5), seconds(10));
        }
    }

    @Test
    void givesUpAfterThreeFailuresInARowAndSaysSoOnce() {
        server.always(request -> TestServer.problem(ProblemType.UNAVAILABLE, ""));
        manager = manager(STEADY, 60_000);
        manager.start();
        time.advance(seconds(19));
        assertThat(manager.isActive()).isTrue();
        time.advance(seconds(100));
        assertThat(told).containsExactly("lost FAILURES");
        assertThat(beats()).hasSize(3);
        assertThat(manager.isActive()).isFalse();
        assertThat(manager.lost().getCount()).isZero();
        assertThatIllegalStateException().isThrownBy(manager::start).withMessageContaining("new instance");
        manager.listen(new SessionListener() {
            @Override
            public void onLost(Loss loss) {
                told.add("late " + loss.reason());
            }
        });
        assertThat(told).containsExactly("lost FAILURES", "late FAILURES");
    }

    @Test
    void oneSuccessForgivesTheFailuresBefore() {
        server.next(
                beat(60_000),
                TestServer.drop(),
                TestServer.drop(),
                beat(60_000),
                TestServer.drop(),
                TestServer.drop(),
                beat(60_000));
        manager.start();
        time.advance(seconds(65));
        assertThat(told).isEmpty();
        HeartbeatStatistics statistics = manager.statistics();
        assertThat(List.of(statistics.sent(), statistics.answered(), statistics.failed()))
                .containsExactly(7L, 3L, 4L);
        assertThat(statistics.consecutiveFailures()).isZero();
        assertThat(statistics.lastSuccess()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
    }

    @Test
    void aHeartbeatThatHangsIsAFailureAfterItsTimeout() {
        manager = manager(new HeartbeatSettings(3, Duration.ofMillis(100), 0), 30_000);
        server.next(TestServer.hang(), TestServer.stall());
        manager.start();
        time.advance(seconds(11));
        assertThat(manager.statistics().consecutiveFailures()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void givesUpWhenTheLeaseIsOverThoughFewerFailed() {
        manager = manager(STEADY, 15_000);
        server.next(beat(15_000));
        server.always(request -> TestServer.drop());
        manager.start();
        time.advance(seconds(14));
        assertThat(manager.isActive()).isTrue();
        time.advance(seconds(1));
        assertThat(told).containsExactly("lost LEASE_OVER");
        assertThat(manager.statistics().failed()).isEqualTo(1);
    }

    @Test
    void theLeaseCountsFromWhenTheHeartbeatWasSent() {
        server.next(TestServer.after(() -> time.advance(seconds(4)), beat(30_000)));
        manager.start();
        time.advance(Duration.ZERO);
        assertThat(manager.leaseDeadlineNanos()).isEqualTo(seconds(30).toNanos());
        assertThat(manager.statistics().lastRoundTrip()).isEqualTo(seconds(4));
    }

    @Test
    void stopsAtOnceWhenTheCoordinatorSaysItIsOver() {
        Map<ProblemType, Reason> ends = Map.of(
                ProblemType.SESSION_ENDED, Reason.SESSION_ENDED,
                ProblemType.NOT_FOUND, Reason.SESSION_ENDED,
                ProblemType.STALE_INCARNATION, Reason.STALE_INCARNATION);
        ends.forEach((type, reason) -> {
            told.clear();
            manager = manager(STEADY, 30_000);
            server.next(TestServer.problem(type, ""));
            manager.start();
            time.advance(seconds(60));
            assertThat(told).containsExactly("lost " + reason);
        });
        assertThat(beats()).hasSize(3);
    }

    @Test
    @DisplayName("R-S3 R-S6 assignments and revocations are told once; what was taken note of is reported as seen")
    void tellsOnce() {
        String revoked = ",'assigned':[{'task':'mine','token':8},{'task':'other','token':9}],"
                + "'revoked':[{'resource':'lock:a','token':5,'reason':'stolen'}]";
        server.next(beat(30_000, revoked), TestServer.drop(), beat(30_000, revoked), beat(30_000), beat(30_000));
        manager.start();
        time.advance(seconds(30));
        assertThat(told).containsExactly("revoked lock:a 5 stolen", "assigned mine 8", "assigned other 9");
        assertThat(lastBeat().path("seen").toString()).isEqualTo("[5,8]");
        time.advance(seconds(10));
        assertThat(lastBeat().has("seen")).isFalse();
    }

    @Test
    @DisplayName("R-S3 R-S8 progress and usage go with the next heartbeat until one is answered")
    void progressAndUsage() {
        manager.start();
        time.advance(seconds(1));
        manager.active();
        manager.usage(Map.of("tokens", 1200, "cost", 0.5));
        manager.usage(Map.of("tokens", 1500));
        server.next(TestServer.drop(), beat(30_000));
        time.advance(seconds(10));
        time.advance(seconds(10));
        assertThat(lastBeat().path("activity").asText()).isEqualTo("2026-01-01T00:00:01.000Z");
        assertThat(lastBeat().path("usage").path("tokens").asDouble()).isEqualTo(1500);
        assertThat(lastBeat().path("usage").path("cost").asDouble()).isEqualTo(0.5);
        time.advance(seconds(10));
        assertThat(lastBeat().has("activity")).isFalse();
        assertThat(lastBeat().has("usage")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.usage(Map.of("cost", Double.NaN)))
                .withMessage("Usage figure cost must be a finite number, at least 0, not NaN.");
    }

    @Test
    void reportsTheLowestOpenRequest() throws InterruptedException {
        manager.start();
        manager.sequencer().begin(Duration.ZERO).close();
        assertThat(manager.ping()).isTrue();
        assertThat(lastBeat().path("unanswered").asLong()).isEqualTo(2);
    }

    @Test
    void pingsOnlyWhileActiveAndStopsSilently() throws InterruptedException {
        assertThat(manager.ping()).isFalse();
        manager.start();
        assertThat(manager.ping()).isTrue();
        server.next(TestServer.drop());
        assertThat(manager.ping()).isFalse();
        manager.stop();
        assertThat(manager.ping()).isFalse();
        time.advance(seconds(60));
        assertThat(beats()).hasSize(2);
        assertThat(told).isEmpty();
    }

    @Test
    void startsAgainAfterAStopWithOneChainOfBeats() {
        manager.start();
        time.advance(seconds(5));
        manager.stop();
        manager.start();
        time.advance(seconds(20));
        assertThat(beats()).hasSize(4);
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        manager = manager(STEADY, 30_000);
        manager.listen(new SessionListener() {
            @Override
            public void onRevoked(Beat.Revoked grant) {
                throw new IllegalStateException("a listener of this test fails on purpose");
            }
        });
        server.next(beat(30_000, ",'revoked':[{'resource':'lock:a','token':5,'reason':'expired'}]"));
        manager.start();
        time.advance(seconds(10));
        assertThat(manager.statistics().answered()).isEqualTo(2);
        assertThat(told).containsExactly("revoked lock:a 5 expired");
    }

    @Test
    void badSettingsAreRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartbeatSettings(0, seconds(1), 0))
                .withMessage("failures must be from 1 to 100, not 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartbeatSettings(3, Duration.ZERO, 0))
                .withMessage("timeout must be from PT0.01S to PT1M, not PT0S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartbeatSettings(3, seconds(1), 0.6))
                .withMessage("jitter must be from 0 to 0.5, not 0.6.");
    }
}
