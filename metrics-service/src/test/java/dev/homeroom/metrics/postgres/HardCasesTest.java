package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.suspect.ElementDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Apps and classrooms as they really are, in a real database. A poison event is in {@code FoldRunnerTest}. */
class HardCasesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final FoldDatabase database = new FoldDatabase();
    private final FoldStore store = database.store();
    private final PartitionFold fold = new PartitionFold(store, 1_000);
    private long next;

    HardCasesTest() {
        store.position("t", 0, "id", 0);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void take(List<MetricEvent> events, int batch) {
        for (int from = 0; from < events.size(); from += batch) {
            List<TakenEvent> taken = events.subList(from, Math.min(events.size(), from + batch)).stream()
                    .map(Samples::taken)
                    .toList();
            Slice slice = new Slice("t", 0, next, next + taken.size(), taken);
            next = slice.to();
            assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Committed.class);
        }
    }

    private static MetricEvent failure(String classroom, String student, String app, Instant sent, Instant received) {
        return new MetricEvent(
                UUID.randomUUID(),
                classroom,
                student,
                app,
                "submit",
                "ex1",
                null,
                "failure",
                null,
                null,
                sent,
                received,
                Map.of());
    }

    /** Four failures in a row of an app whose clock is off by {@code skew}, one a second. */
    private static List<MetricEvent> failures(String classroom, String student, String app, Duration skew) {
        List<MetricEvent> events = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Instant received = NOON.plusSeconds(i);
            events.add(failure(classroom, student, app, received.plus(skew), received));
        }
        return events;
    }

    private List<String> episodes(Instant startedAt) {
        return database.rows("SELECT classroom, student, app, detector, status, started_at = TIMESTAMPTZ '" + startedAt
                + "' FROM metrics.episode WHERE detector = 'repeated-errors' ORDER BY classroom, app");
    }

    @Test
    @DisplayName(
            "R-M3: an app whose clock is a day ahead is detected by the edge's clock, beside others of the student")
    void aDayAhead() {
        List<MetricEvent> events = failures("c1", "s1", "ahead", Duration.ofDays(1));
        events.addAll(failures("c1", "s1", "right", Duration.ZERO));

        take(events, 3);

        assertThat(episodes(NOON))
                .containsExactly("c1|s1|ahead|repeated-errors|open|t", "c1|s1|right|repeated-errors|open|t");
        assertThat(database.rows("SELECT app, events FROM metrics.minute_rollup WHERE minute = TIMESTAMPTZ '" + NOON
                        + "' ORDER BY app"))
                .containsExactly("ahead|4", "right|4");
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE at = occurred_at - INTERVAL '1 day'"))
                .isEqualTo(4);
    }

    @Test
    @DisplayName("R-M3: an app whose clock is a day behind is detected in its own time and delays nobody else")
    void aDayBehind() {
        List<MetricEvent> events = failures("c1", "s1", "right", Duration.ZERO);
        events.addAll(failures("c1", "s1", "slow", Duration.ofDays(-1)));

        take(events, 3);

        assertThat(episodes(NOON))
                .containsExactly("c1|s1|right|repeated-errors|open|t", "c1|s1|slow|repeated-errors|open|f");
        assertThat(database.rows("SELECT app, events FROM metrics.minute_rollup ORDER BY app, minute"))
                .containsExactly("right|4", "slow|4");
    }

    @Test
    @DisplayName(
            "R-M3: a student in two classrooms is two: other errors, other episodes, the same event id counts in both")
    void twoClassrooms() {
        List<MetricEvent> first = failures("algebra", "s1", "editor", Duration.ZERO);
        List<MetricEvent> second = first.stream()
                .map(event -> new MetricEvent(
                        event.id(),
                        "biology",
                        event.student(),
                        event.app(),
                        event.type(),
                        event.target(),
                        event.skill(),
                        event.outcome(),
                        event.value(),
                        event.unit(),
                        event.occurredAt(),
                        event.receivedAt(),
                        event.context()))
                .toList();

        take(first, 10);
        take(second.subList(0, 3), 10);
        assertThat(episodes(NOON)).containsExactly("algebra|s1|editor|repeated-errors|open|t");
        take(second.subList(3, 4), 10);

        assertThat(episodes(NOON))
                .containsExactly(
                        "algebra|s1|editor|repeated-errors|open|t", "biology|s1|editor|repeated-errors|open|t");
        assertThat(database.rows("SELECT classroom, sum(events) FROM metrics.student_minute GROUP BY 1 ORDER BY 1"))
                .containsExactly("algebra|4", "biology|4");
        assertThat(database.number("SELECT count(*) FROM metrics.student_state"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("R-M4: a classroom of 500 that fails at one element is one app-suspect, and nobody's flood of alerts")
    void fiveHundred() {
        List<MetricEvent> events = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int student = 0; student < 500; student++) {
                Instant at = NOON.plusMillis(round * 2_000L + student);
                events.add(failure("hall", "s" + student, "editor", at, at));
            }
        }
        Collections.shuffle(events.subList(0, 500), new Random(5));
        PostgresSuspectBook book = database.suspects();
        ElementDay element = ElementDay.of("editor", "ex1", NOON);

        // The watch follows the fold by some batches; a hundred are the share that tells the app from the students.
        take(events.subList(0, 1_610), 230);
        book.review(element, NOON);
        take(events.subList(1_610, 2_000), 130);
        book.review(element, NOON);

        assertThat(database.number("SELECT count(*) FROM metrics.episode")).isEqualTo(500);
        assertThat(database.number("SELECT count(*) FROM metrics.episode WHERE suspect IS NULL"))
                .isZero();
        assertThat(database.rows("SELECT status, students, level FROM metrics.app_suspect"))
                .containsExactly("open|100|critical");
        assertThat(database.number("SELECT count(*) FROM metrics.outbox WHERE data->>'revision' = '1'"
                        + " AND data->>'student' IS NOT NULL AND data->>'suspect' IS NULL"))
                .as("told before it was known")
                .isEqualTo(110);
        assertThat(database.rows("SELECT sum(events), count(DISTINCT student) FROM metrics.student_minute"))
                .containsExactly("2000|500");
    }

    @Test
    @DisplayName("R-M1: an app that sends everything twice, at once, later or in another order, is counted once")
    void everythingTwice() {
        Random random = new Random(11);
        List<MetricEvent> once = new ArrayList<>();
        for (int student = 0; student < 20; student++) {
            once.addAll(failures("c1", "s" + student, "editor", Duration.ofMillis(student)));
        }
        List<MetricEvent> twice = new ArrayList<>(once);
        twice.addAll(once.subList(0, 40));
        Collections.shuffle(twice, random);
        twice.addAll(once.subList(40, 80));

        take(twice, 7);
        take(twice, 1_000);

        assertThat(database.number("SELECT count(*) FROM metrics.event")).isEqualTo(80);
        assertThat(database.rows("SELECT sum(events), sum(errors) FROM metrics.minute_rollup"))
                .containsExactly("80|80");
        assertThat(database.number("SELECT count(*) FROM metrics.episode WHERE status <> 'retracted'"))
                .isEqualTo(20);
    }
}
