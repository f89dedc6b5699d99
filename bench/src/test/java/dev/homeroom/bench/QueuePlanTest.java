package dev.homeroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QueuePlanTest {
    private static QueueBench.Plan only(String... names) {
        return new QueueBench.Plan(
                Duration.ofSeconds(1), Duration.ofSeconds(1), Set.of(names), Set.of(), 0, false, List.of());
    }

    @Test
    @DisplayName("--only takes operations by their beginning, whole levels, and operations of a level")
    void chooses() {
        assertThat(only("claim").wants("engine", "claim+complete batch")).isTrue();
        assertThat(only("claim").wants("wire", "claim+complete")).isFalse();
        assertThat(only("wire").wants("wire", "enqueue")).isTrue();
        assertThat(only("wire").wants("engine", "enqueue")).isFalse();
        assertThat(only("wire claim").wants("wire", "claim+complete")).isTrue();
        assertThat(only("wire claim").wants("wire", "enqueue")).isFalse();
        assertThat(only().wants("history", "enqueue")).isTrue();
    }
}
