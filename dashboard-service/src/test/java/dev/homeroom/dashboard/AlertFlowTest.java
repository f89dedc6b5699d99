package dev.homeroom.dashboard;

import static dev.homeroom.dashboard.Broker.episode;
import static dev.homeroom.dashboard.Broker.suspected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.frustration.Standing;
import dev.homeroom.dashboard.core.Command;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.EpisodeStatus;
import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.dashboard.core.Trace;
import dev.homeroom.dashboard.postgres.ErasedStudents;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Episodes from a real Kafka through a real PostgreSQL to the alerts topic. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FiguresServer.class)
@DisplayName("R-T1 From episode to alert")
class AlertFlowTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    AlertBook alerts;

    @Inject
    Pool pool;

    @Inject
    ErasedStudents students;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private Broker broker;
    private String classroom;

    @BeforeEach
    void connect() {
        broker = new Broker(brokers);
        classroom = "flow-" + UUID.randomUUID();
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    @DisplayName("R-T1 an episode becomes an alert row, a numbered change and an event; duplicates change nothing")
    void episodeToEvent() {
        var first = episode(classroom, "ada", "e1", 1, "open", "medium");
        var second = episode(classroom, "bob", "e2", 1, "open", "high");
        broker.publish(first, first, second, first, episode(classroom, "ada", "e1", 2, "closed", "medium"), first);

        var changes = broker.changes(classroom, 3);

        assertThat(changes).extracting(AlertChange::seq).containsExactly(1L, 2L, 3L);
        assertThat(changes).extracting(AlertChange::change).containsExactly("raised", "raised", "resolved");
        assertThat(changes.getLast().reason()).isEqualTo("recovered");
        assertThat(changes.getFirst().causedAt()).isEqualTo(first.causedAt());
        var history = done(alerts.history(classroom, 0, 100));
        assertThat(history.items()).isEqualTo(changes);
        assertThat(history.seq()).isEqualTo(3);
        assertThat(history.gap()).isFalse();
    }

    @Test
    @DisplayName("R-T1 R-M3 an alert says the student's level, whatever the episode says, and follows it in time alone")
    void followsTheStudent() {
        var first = episode(classroom, "ada", "e1", 1, "open", "critical");
        var soon = first.causedAt().plusMillis(1);
        var later = first.causedAt().plusSeconds(3_600);
        var rises = List.of(new Standing.Rise(soon, "high"), new Standing.Rise(later, "critical"));
        broker.publish(
                episode(classroom, "bob", "e2", 1, "open", "critical").with(new Standing("none", List.of())),
                first.with(new Standing("medium", rises)));

        var raised = broker.changes(classroom, 1).getFirst();
        assertThat(raised.alert().student()).isEqualTo("ada");
        assertThat(raised.alert().level()).isEqualTo("medium");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                done(alerts.history(classroom, 1, 9)).items())
                        .singleElement()
                        .satisfies(change -> {
                            assertThat(change.change()).isEqualTo("merged");
                            assertThat(change.alert().level()).isEqualTo("high");
                            assertThat(change.causedAt()).isEqualTo(soon);
                        }));
        done(alerts.wake(later));
        assertThat(broker.changes(classroom, 3).getLast().alert().level()).isEqualTo("critical");
    }

    @Test
    @DisplayName("R-T1 R-M3 an episode that was quiet is worth an alert once the student's level has risen")
    void quietUntilTheLevelRises() {
        var quiet = episode(classroom, "ada", "e1", 1, "open", "medium");
        var later = quiet.causedAt().plusSeconds(3_600);
        broker.publish(
                quiet.with(new Standing("none", List.of(new Standing.Rise(later, "low")))),
                episode(classroom, "bob", "e2", 1, "open", "high"));
        assertThat(broker.changes(classroom, 1).getFirst().alert().student()).isEqualTo("bob");

        done(alerts.wake(later));
        var raised = broker.changes(classroom, 2).getLast();
        assertThat(raised.change()).isEqualTo("raised");
        assertThat(raised.alert().student()).isEqualTo("ada");
        assertThat(raised.alert().level()).isEqualTo("low");
    }

    @Test
    @DisplayName(
            "R-M4: what a fault of the app explains raises no alert, takes back the one it raised, and may come back")
    void suspectedEpisodesAreQuiet() {
        var early = episode(classroom, "ada", "e1", 1, "open", "high");
        var late = suspected(episode(classroom, "bob", "e2", 1, "open", "high"), 1, "fault");
        broker.publish(early, late, suspected(early, 2, "fault"), suspected(late, 2, null));

        var changes = broker.changes(classroom, 3);

        assertThat(changes)
                .extracting(change -> change.change() + " " + change.alert().student())
                .containsExactly("raised ada", "resolved ada", "raised bob");
        assertThat(changes.get(1).reason()).isEqualTo("retracted");
    }

    @Test
    @DisplayName("R-T1 a poison record goes to the dead letters with the reason, and the next one is taken")
    void poison() {
        broker.publishRaw(classroom, "{".getBytes(StandardCharsets.UTF_8));
        broker.publish(
                episode(classroom, "ada", "e1", 1, "open", "furious"),
                episode(classroom, "a".repeat(600), "e2", 1, "open", "high"),
                episode(classroom, "ada", "e3", 1, "open", "high"));

        assertThat(broker.changes(classroom, 1).getFirst().alert().student()).isEqualTo("ada");
        var dead = broker.read(Topics.deadLetters(Topics.FRUSTRATION), classroom, all -> all.size() >= 3);
        assertThat(dead)
                .allSatisfy(record ->
                        assertThat(record.headers().lastHeader("dlq_reason")).isNotNull());
    }

    @Test
    @DisplayName(
            "R-T2 with many writers at once, the topic carries every change of a classroom once, in the order of seq")
    void orderUnderContention() {
        var writers = 8;
        var each = 25;
        var all = new ArrayList<Uni<Integer>>();
        for (var writer = 0; writer < writers; writer++) {
            Uni<Integer> chain = Uni.createFrom().item(0);
            for (var i = 0; i < each; i++) {
                var student = "s" + writer + "-" + i;
                chain = chain.chain(() -> alerts.observe(classroom, List.of(open(student))));
            }
            all.add(chain);
        }
        done(Uni.join().all(all).andFailFast());

        var seqs = broker.changes(classroom, writers * each).stream()
                .map(AlertChange::seq)
                .toList();
        assertThat(seqs)
                .isEqualTo(
                        LongStream.rangeClosed(1, (long) writers * each).boxed().toList());
    }

    @Test
    @DisplayName("R-T1 a snooze ends by itself while the trouble goes on")
    void snoozeEnds() {
        done(alerts.observe(classroom, List.of(open("ada"))));
        var alert = done(alerts.history(classroom, 0, 1)).items().getFirst().alert();
        var now = Instant.now();
        var act = new Command.Act(alert.id(), Command.Action.SNOOZE, "t", now, now.plusMillis(1), null);
        done(alerts.act(classroom, new AlertBook.Request(act, null)));

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(done(alerts.history(classroom, 2, 1)).items())
                                .extracting(AlertChange::reason)
                                .containsExactly("snooze-over"));
    }

    @Test
    @DisplayName("R-T2 history that is gone is a gap, and a restore begins a new epoch")
    void gapAndEpoch() {
        done(alerts.observe(
                classroom, IntStream.range(0, 5).mapToObj(i -> open("s" + i)).toList()));
        var before = done(alerts.history(classroom, 0, 100));
        run("DELETE FROM dashboard.alert_change WHERE classroom = $1 AND seq <= 3");

        assertThat(done(alerts.history(classroom, 2, 100)).gap()).isTrue();
        assertThat(done(alerts.history(classroom, 3, 100)).gap()).isFalse();
        assertThat(done(alerts.history(classroom, 5, 100)).gap()).isFalse();

        done(pool.query("SELECT dashboard.begin_new_epoch()").execute());
        var after = done(alerts.history(classroom, 5, 100));
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(done(alerts.history("never-seen", 0, 1)).epoch()).isEqualTo(after.epoch());
    }

    private void run(String sql) {
        done(pool.preparedQuery(sql).execute(Tuple.of(classroom)));
    }

    private static Revision open(String student) {
        var now = Instant.now();
        return Revision.of(new Episode(
                "e-" + student,
                1,
                EpisodeStatus.OPEN,
                student,
                "judge",
                "struggle",
                null,
                Level.HIGH,
                now,
                null,
                new Trace("rule", Map.of(), List.of()),
                now));
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
