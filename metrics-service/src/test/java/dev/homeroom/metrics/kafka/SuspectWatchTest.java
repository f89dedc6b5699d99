package dev.homeroom.metrics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.contracts.frustration.SuspectChange;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.metrics.Samples;
import dev.homeroom.platform.event.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From metric events of several classrooms to the suspected element, with a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class SuspectWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** Not near midnight: a suspicion is of one day. */
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Inject
    SuspectWatch watch;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Test
    @DisplayName(
            "R-M4: students of three classrooms at one element are one app-suspect, and their episodes are told as such")
    void acrossClassrooms() throws Exception {
        String target = "ex-" + UUID.randomUUID();
        String school = UUID.randomUUID().toString();
        try (TestTopic topic = new TestTopic(brokers)) {
            for (int student = 0; student < 9; student++) {
                for (int i = 0; i < 4; i++) {
                    topic.send(Samples.event(
                            UUID.randomUUID(),
                            school + student % 3,
                            "s" + student,
                            "submit",
                            target,
                            null,
                            false,
                            NOON.plusSeconds(student * 20L + i)));
                }
            }

            List<ConsumerRecord<String, byte[]>> told = topic.await(
                    Topics.SUSPECTS,
                    received -> change(received).target().equals(target)
                            && change(received).students() >= 8);
            Set<String> quiet = new HashSet<>();
            topic.await(Topics.FRUSTRATION, received -> {
                EpisodeChange episode =
                        EventCodec.decode(received, EpisodeChange.class).data();
                if (target.equals(episode.target()) && episode.suspect() != null) {
                    quiet.add(episode.student());
                }
                return quiet.size() == 9;
            });

            ConsumerRecord<String, byte[]> last = told.getLast();
            assertThat(last.key()).isEqualTo("editor");
            assertThat(change(last).detector()).isEqualTo("app-suspect");
            assertThat(change(last).classrooms()).isEqualTo(3);
            assertThat(change(last).evidence().values()).containsKeys("students", "classrooms", "episodes", "seconds");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(watch.trouble()).isEmpty());
    }

    private static SuspectChange change(ConsumerRecord<String, byte[]> received) {
        return EventCodec.decode(received, SuspectChange.class).data();
    }
}
