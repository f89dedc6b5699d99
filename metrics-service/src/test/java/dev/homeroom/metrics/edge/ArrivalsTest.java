package dev.homeroom.metrics.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.TakenEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch of a device with a wrong clock counts for: all of it came at once. */
class ArrivalsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Arrivals arrivals = new Arrivals(Duration.ofSeconds(5));

    @ParameterizedTest
    @ValueSource(strings = {"PT5.001S", "PT30S", "P1D", "P13D"})
    @DisplayName("R-M3: events of a device whose clock is ahead keep their order and distances, up to the arrival")
    void ahead(Duration skew) {
        List<MetricEvent> batch = List.of(
                sent("p1", skew.minusMillis(900)),
                sent("p1", skew.minusSeconds(60)),
                sent("p1", skew),
                sent("p1", skew.minusSeconds(2)));
        assertThat(counted(batch))
                .containsExactly(NOON.minusMillis(900), NOON.minusSeconds(60), NOON, NOON.minusSeconds(2));
        assertThat(arrivals.of(batch)).extracting(MetricEvent::occurredAt).isEqualTo(times(batch));
    }

    @Test
    @DisplayName("R-M3: a clock that is right, or behind, or hardly ahead is believed")
    void believed() {
        List<MetricEvent> batch = List.of(
                sent("p1", Duration.ofSeconds(5)),
                sent("p1", Duration.ofSeconds(-90)),
                sent("p1", Duration.ofDays(-1)));
        assertThat(arrivals.of(batch)).isSameAs(batch);
    }

    @Test
    @DisplayName("R-M3: one student's clock moves no other student's events, nor what came without a time")
    void ownClocks() {
        MetricEvent untimed = sent("p1", Duration.ZERO);
        MetricEvent other = sent("p2", Duration.ofSeconds(-3));
        List<MetricEvent> stamped = arrivals.of(
                List.of(sent("p1", Duration.ofMinutes(2)), untimed, other, sent("p1", Duration.ofMinutes(1))));
        assertThat(stamped).contains(untimed, other);
        assertThat(stamped.getLast().receivedAt()).isEqualTo(NOON.minusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30M", "PT1H", "P13D"})
    @DisplayName("R-M3: one time of another zone or of nonsense moves nothing else of its batch")
    void outlier(Duration off) {
        List<MetricEvent> batch = List.of(
                sent("p1", Duration.ofSeconds(-4)),
                sent("p1", off.minusSeconds(2)),
                sent("p1", Duration.ofSeconds(-1)));
        assertThat(counted(batch)).containsExactly(NOON.minusSeconds(4), NOON, NOON.minusSeconds(1));
    }

    @Test
    @DisplayName("R-M3: hours of a device that was offline, and ahead, do not become one instant")
    void offline() {
        List<MetricEvent> batch = new ArrayList<>();
        for (int i = 0; i < 180; i++) {
            batch.add(sent("p1", Duration.ofDays(1).minusMinutes(i)));
        }
        List<MetricEvent> stamped = arrivals.of(batch);
        assertThat(stamped)
                .allMatch(event ->
                        !event.receivedAt().isAfter(NOON) && !event.receivedAt().isBefore(NOON.minus(Arrivals.REACH)));
        for (int i = 0; i + 30 <= 180; i += 30) {
            assertThat(counted(batch).subList(i, i + 30))
                    .as("half an hour in a row")
                    .doesNotHaveDuplicates();
        }
    }

    private List<Instant> counted(List<MetricEvent> batch) {
        return arrivals.of(batch).stream()
                .map(event ->
                        TakenEvent.of(event, Duration.ofSeconds(5)).observed().at())
                .toList();
    }

    private static List<Instant> times(List<MetricEvent> batch) {
        return batch.stream().map(MetricEvent::occurredAt).toList();
    }

    private static MetricEvent sent(String student, Duration ahead) {
        MetricEvent event = Samples.event(UUID.randomUUID(), "c1", student, "click", "x", null, null, NOON.plus(ahead));
        return new MetricEvent(
                event.id(),
                "c1",
                student,
                "quiz",
                "click",
                "x",
                null,
                null,
                null,
                null,
                event.occurredAt(),
                NOON,
                null);
    }
}
