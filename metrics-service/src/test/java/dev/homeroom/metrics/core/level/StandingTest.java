package dev.homeroom.metrics.core.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.core.Level;
import dev.homeroom.metrics.core.level.Standing.Lasting;
import dev.homeroom.metrics.core.level.Standing.Rise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R-M3 How a student stands, and will stand if nothing else changes")
class StandingTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    @DisplayName("R-M3 nothing open is no level, for ever")
    void nothing() {
        assertThat(Standing.of(List.of(), NOW)).isEqualTo(new Standing(Level.NONE, List.of()));
    }

    @Test
    @DisplayName("R-M3 a signal that just holds is high after five minutes; one of little weight is low then")
    void rises() {
        assertThat(Standing.of(List.of(signal(0.5, 1, 0)), NOW))
                .isEqualTo(new Standing(Level.MEDIUM, List.of(new Rise(NOW.plusSeconds(300), Level.HIGH))));
        assertThat(Standing.of(List.of(signal(0.5, 0.4, 60)), NOW))
                .isEqualTo(new Standing(Level.NONE, List.of(new Rise(NOW.plusSeconds(240), Level.LOW))));
        assertThat(Standing.of(List.of(signal(0.5, 1, 86_400)), NOW)).isEqualTo(new Standing(Level.HIGH, List.of()));
    }

    @Test
    @DisplayName("R-M3 an app whose clock runs ahead begins now")
    void ahead() {
        assertThat(Standing.of(List.of(signal(0.5, 1, -3)), NOW).level()).isEqualTo(Level.MEDIUM);
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 200).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R-M3 what is foretold is what will be found at any later time")
    void foretold(int seed) {
        Random random = new Random(seed);
        List<Lasting> open = IntStream.range(0, random.nextInt(6))
                .mapToObj(_ -> signal(random.nextDouble(), random.nextDouble(), random.nextInt(700)))
                .toList();
        Standing standing = Standing.of(open, NOW);
        for (int second = 0; second <= 700; second++) {
            Instant later = NOW.plusSeconds(second);
            Level foretold = standing.rises().stream()
                    .filter(rise -> !rise.at().isAfter(later))
                    .reduce((_, last) -> last)
                    .map(Rise::level)
                    .orElse(standing.level());
            assertThat(Standing.of(open, later).level()).isEqualTo(foretold);
        }
    }

    private static Lasting signal(double score, double weight, int seconds) {
        return new Lasting(score, weight, NOW.minus(Duration.ofSeconds(seconds)));
    }
}
