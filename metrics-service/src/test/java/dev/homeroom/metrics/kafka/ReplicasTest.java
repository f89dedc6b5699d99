package dev.homeroom.metrics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.local.testing.TestKafka;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.suspect.ElementDay;
import dev.homeroom.metrics.postgres.FoldDatabase;
import dev.homeroom.platform.event.TopicCreator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The same events through a real broker into a real database, repeated and reordered, by replicas that come, go and die,
 * and beside that in order, once, by one fold: the same rows and the same episodes.
 */
class ReplicasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final List<String> TABLES = List.of(
            "SELECT classroom, app, id, occurred_at, at, student, type, target, skill, outcome FROM metrics.event"
                    + " WHERE classroom LIKE '%s%%'",
            "SELECT * FROM metrics.minute_rollup WHERE classroom LIKE '%s%%'",
            "SELECT * FROM metrics.student_minute WHERE classroom LIKE '%s%%'",
            "SELECT id, status, classroom, student, app, detector, level, score, target, skill, started_at, ended_at,"
                    + " evidence, suspect FROM metrics.episode WHERE status <> 'retracted' AND classroom LIKE '%s%%'",
            "SELECT id, status, app, target, level, score, students, classrooms, started_at, ended_at, evidence, last_at"
                    + " FROM metrics.app_suspect WHERE status <> 'retracted' AND target LIKE '%s%%'");

    private final String school = "r" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    @DisplayName("R-M1, R-M3, R-M4: repetition, reordering within grace, re-partitioning and crashes change no row")
    void theSameRows() throws Exception {
        Random random = new Random(17);
        List<MetricEvent> events = events(random);
        String brokers = TestKafka.bootstrapServers();
        new TopicCreator(brokers, 1).createAll(PATIENCE);
        try (FoldDatabase plain = new FoldDatabase();
                FoldDatabase rough = new FoldDatabase();
                TestTopic topic = new TestTopic(brokers)) {
            topic.sendAll(mixed(events, random));
            foldInOrder(plain, events);
            foldByReplicas(rough, brokers, events.size());

            for (FoldDatabase each : List.of(plain, rough)) {
                elements().forEach(element -> each.suspects().review(element, NOON.plus(Duration.ofDays(300))));
            }
            assertThat(plain.number("SELECT count(*) FROM metrics.episode WHERE status <> 'retracted'"))
                    .isGreaterThan(20);
            assertThat(plain.number("SELECT count(*) FROM metrics.app_suspect")).isPositive();
            for (String table : TABLES) {
                String query = table.formatted(school);
                assertThat(rough.rows(query).stream().sorted().toList())
                        .as(query)
                        .isEqualTo(plain.rows(query).stream().sorted().toList());
            }
        }
    }

    /** Twelve classrooms of four; one exercise is too much for many of them at the same time. */
    private List<MetricEvent> events(Random random) {
        List<MetricEvent> events = new ArrayList<>();
        for (int classroom = 0; classroom < 12; classroom++) {
            for (int student = 0; student < 4; student++) {
                Instant at = NOON.plusSeconds(random.nextInt(120));
                double luck = random.nextDouble() * 0.5;
                for (int i = 0; i < 40; i++) {
                    at = at.plusMillis(200 + random.nextInt(random.nextInt(12) == 0 ? 400_000 : 9_000));
                    String target = school + (random.nextInt(4) == 0 ? "b" : "a");
                    events.add(Samples.event(
                            Samples.uuid(random),
                            school + classroom,
                            "s" + student,
                            "submit",
                            target,
                            "loops",
                            random.nextDouble() < luck,
                            at));
                }
            }
        }
        events.sort(Comparator.comparing(MetricEvent::occurredAt).thenComparing(MetricEvent::id));
        return events;
    }

    private List<ElementDay> elements() {
        return List.of(ElementDay.of("editor", school + "a", NOON), ElementDay.of("editor", school + "b", NOON));
    }

    /** Overtaken by less than the grace, and a third of them again, now or much later. */
    private static List<MetricEvent> mixed(List<MetricEvent> events, Random random) {
        Map<UUID, Instant> arrival = new HashMap<>();
        int grace = (int) Samples.RULES.grace().toMillis();
        events.forEach(event -> arrival.put(event.id(), event.occurredAt().plusMillis(random.nextInt(grace))));
        List<MetricEvent> mixed = new ArrayList<>(events);
        mixed.sort(Comparator.comparing(event -> arrival.getOrDefault(event.id(), Instant.MAX)));
        for (MetricEvent event : events) {
            if (random.nextInt(3) == 0) {
                int first = mixed.indexOf(event);
                mixed.add(first + 1 + random.nextInt(mixed.size() - first), event);
            }
        }
        return mixed;
    }

    private static int partition(String classroom) {
        return Utils.toPositive(Utils.murmur2(classroom.getBytes(StandardCharsets.UTF_8))) % Topics.PARTITIONS;
    }

    private static void foldInOrder(FoldDatabase database, List<MetricEvent> events) {
        FoldStore store = database.store();
        Map<Integer, List<TakenEvent>> homes = new TreeMap<>();
        events.forEach(event -> homes.computeIfAbsent(partition(event.classroom()), _ -> new ArrayList<>())
                .add(Samples.taken(event)));
        homes.forEach((partition, home) -> {
            long next = store.position("t", partition, "id", 0).next();
            PartitionFold fold = new PartitionFold(store, 100);
            fold.observe(new Slice("t", partition, next, next + home.size(), home));
            List<Student> silent = store.silent(partition, Instant.now(), 500);
            fold.tick("t", partition, next + home.size(), silent, Instant.now());
        });
    }

    /** Two replicas, then one after the other dies behind a commit, and others take the partitions over. */
    private void foldByReplicas(FoldDatabase database, String brokers, int events) throws Exception {
        String count = "SELECT count(*) FROM metrics.event WHERE classroom LIKE '" + school + "%'";
        try (Replica first = new Replica(brokers, school, database, 4);
                Replica second = new Replica(brokers, school, database, 6)) {
            first.awaitDeath(PATIENCE);
            second.awaitDeath(PATIENCE);
        }
        assertThat(database.number(count)).as("they died in the middle").isLessThan(events);
        try (Replica third = new Replica(brokers, school, database, 9)) {
            third.awaitDeath(PATIENCE);
        }
        try (Replica fourth = new Replica(brokers, school, database, Integer.MAX_VALUE);
                Replica fifth = new Replica(brokers, school, database, Integer.MAX_VALUE)) {
            String loud = "SELECT count(*) FROM metrics.student_state WHERE tick_at <= now()";
            await().atMost(PATIENCE).until(() -> database.number(count) == events && database.number(loud) == 0);
            assertThat(fourth.lives() && fifth.lives()).isTrue();
        }
    }
}
