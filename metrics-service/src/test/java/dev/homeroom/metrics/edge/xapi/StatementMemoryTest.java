package dev.homeroom.metrics.edge.xapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same statement again, and another one under its id. */
class StatementMemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID ID = new UUID(1, 1);

    private final List<MetricEvent> stored = new ArrayList<>();
    private final StatementMemory memory = new StatementMemory(_ -> stored);

    @Test
    @DisplayName("R-M1: a statement without a timestamp that is sent again is the same event again")
    void again() {
        recalled(event("a", ID, "success", NOW, NOW));
        MetricEvent again = recalled(event("a", ID, "success", NOW.plusSeconds(9), NOW.plusSeconds(9)));
        assertThat(again.occurredAt()).isEqualTo(NOW);
        MetricEvent timed = recalled(event("a", ID, "success", NOW.minusSeconds(5), NOW.plusSeconds(9)));
        assertThat(timed.occurredAt()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("R-M1: another statement under a known id is a conflict, and nothing of its request is remembered")
    void conflict() {
        recalled(event("a", ID, "success", NOW.minusSeconds(5), NOW));
        assertThat(conflicts(event("a", ID, "failure", NOW.minusSeconds(5), NOW)))
                .containsExactly(ID);
        assertThat(conflicts(event("a", ID, "success", NOW.minusSeconds(6), NOW)))
                .containsExactly(ID);
        assertThat(conflicts(event("other app", ID, "failure", NOW, NOW))).isEmpty();

        UUID beside = new UUID(2, 2);
        memory.recall(
                List.of(event("a", beside, "success", NOW, NOW), event("a", ID, "failure", NOW.minusSeconds(5), NOW)));
        assertThat(conflicts(event("a", beside, "failure", NOW, NOW))).isEmpty();
    }

    @Test
    @DisplayName("R-M1: what another replica took is the same event here, or a conflict")
    void elsewhere() {
        stored.add(event("a", ID, "success", NOW, NOW));
        MetricEvent again = recalled(event("a", ID, "success", NOW.plusSeconds(9), NOW.plusSeconds(9)));
        assertThat(again.occurredAt()).isEqualTo(NOW);
        assertThat(conflicts(event("a", ID, "failure", NOW, NOW))).containsExactly(ID);
    }

    @Test
    @DisplayName("R-M1: the memory is bounded, the oldest is forgotten first")
    void bounded() {
        for (int i = 0; i <= StatementMemory.MOST; i++) {
            recalled(event("a", new UUID(0, i), "success", NOW, NOW));
        }
        assertThat(conflicts(event("a", new UUID(0, 1), "failure", NOW, NOW))).isNotEmpty();
        assertThat(conflicts(event("a", new UUID(0, 0), "failure", NOW, NOW))).isEmpty();
    }

    @Test
    @DisplayName("R-M1: a request that did not get through bars no corrected statement, and sent again keeps its time")
    void notThrough() {
        memory.unsure(memory.recall(List.of(event("a", ID, "success", NOW, NOW))));
        var again = memory.recall(List.of(event("a", ID, "success", NOW.plusSeconds(9), NOW.plusSeconds(9))));
        assertThat(again.events().getFirst().occurredAt()).isEqualTo(NOW);
        assertThat(conflicts(event("a", ID, "failure", NOW, NOW)))
                .as("it is under way")
                .containsExactly(ID);

        memory.unsure(again);
        recalled(event("a", ID, "failure", NOW.plusSeconds(20), NOW.plusSeconds(20)));
        assertThat(conflicts(event("a", ID, "success", NOW, NOW)))
                .as("the corrected one got through")
                .containsExactly(ID);
    }

    @Test
    @DisplayName("R-M1: what got through after all is found in the database, and bars another one")
    void throughAfterAll() {
        memory.unsure(memory.recall(List.of(event("a", ID, "success", NOW, NOW))));
        stored.add(event("a", ID, "success", NOW, NOW));
        assertThat(conflicts(event("a", ID, "failure", NOW, NOW))).containsExactly(ID);
    }

    @Test
    @DisplayName("R-M1: what was known before stays known when a later request does not get through")
    void knownBefore() {
        recalled(event("a", ID, "success", NOW, NOW));
        memory.unsure(memory.recall(List.of(event("a", ID, "success", NOW, NOW))));
        assertThat(conflicts(event("a", ID, "failure", NOW, NOW))).containsExactly(ID);
    }

    private MetricEvent recalled(MetricEvent event) {
        var recalled = memory.recall(List.of(event));
        assertThat(recalled.conflicts()).isEmpty();
        return recalled.events().getFirst();
    }

    private List<UUID> conflicts(MetricEvent event) {
        return memory.recall(List.of(event)).conflicts();
    }

    private static MetricEvent event(String app, UUID id, String outcome, Instant at, Instant received) {
        return new MetricEvent(id, "c1", "s1", app, "attempt", "x", null, outcome, null, null, at, received, null);
    }
}
