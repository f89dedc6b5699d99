package dev.homeroom.metrics.core.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.homeroom.metrics.core.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StudentLevelTest {
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    @DisplayName("R-M3: without signals there is no frustration")
    void nothing() {
        assertThat(StudentLevel.strength(List.of())).isZero();
        assertThat(StudentLevel.of(List.of(), Level.CRITICAL)).isEqualTo(Level.NONE);
    }

    @Test
    @DisplayName("R-M3: a fresh signal counts as its detector scored it")
    void fresh() {
        assertThat(StudentLevel.strength(List.of(signal(0.5, 24)))).isEqualTo(0.5);
        assertThat(StudentLevel.of(List.of(signal(0.5, 0)), Level.NONE)).isEqualTo(Level.MEDIUM);
    }

    @Test
    @DisplayName("R-M3: the ladder of 25 s, 45 s, 1, 2, 5 and 10 min lifts a signal that lasts")
    void ladder() {
        List<Integer> seconds = List.of(24, 25, 45, 60, 120, 299, 300, 600, 86_400);
        assertThat(seconds.stream().map(s -> StudentLevel.steps(Duration.ofSeconds(s))))
                .containsExactly(0, 1, 2, 3, 4, 4, 5, 6, 6);
        assertThat(StudentLevel.of(List.of(signal(0.5, 299)), Level.NONE)).isEqualTo(Level.MEDIUM);
        assertThat(StudentLevel.of(List.of(signal(0.5, 300)), Level.NONE)).isEqualTo(Level.HIGH);
        assertThat(StudentLevel.of(List.of(signal(0.75, 600)), Level.NONE)).isEqualTo(Level.CRITICAL);
        assertThat(StudentLevel.of(List.of(signal(0.5, 86_400)), Level.NONE)).isEqualTo(Level.HIGH);
    }

    @Test
    @DisplayName("R-M3: the strongest signal counts in full, others by half")
    void several() {
        assertThat(StudentLevel.strength(List.of(signal(0.5, 0), signal(0.5, 0))))
                .isCloseTo(1 - 0.5 * 0.75, CLOSE);
        assertThat(StudentLevel.strength(List.of(signal(0.4, 0), signal(0.8, 0), signal(0.2, 0))))
                .isCloseTo(1 - 0.2 * 0.8 * 0.9, CLOSE);
    }

    @Test
    @DisplayName("R-M3: a weight is the most a signal can say alone")
    void weights() {
        assertThat(StudentLevel.strength(List.of(new OpenSignal(1, 0.3, Duration.ofHours(1)))))
                .isEqualTo(0.3);
        assertThat(StudentLevel.strength(List.of(new OpenSignal(1, 0, Duration.ZERO), signal(0.5, 0))))
                .isEqualTo(0.5);
    }

    @Test
    @DisplayName("R-M3: a level is left a tenth below the bound at which it was reached")
    void hysteresis() {
        assertThat(StudentLevel.level(0.45, Level.NONE)).isEqualTo(Level.LOW);
        assertThat(StudentLevel.level(0.45, Level.MEDIUM)).isEqualTo(Level.MEDIUM);
        assertThat(StudentLevel.level(0.39, Level.MEDIUM)).isEqualTo(Level.LOW);
        assertThat(StudentLevel.level(0.45, Level.CRITICAL)).isEqualTo(Level.MEDIUM);
        assertThat(StudentLevel.level(0.15, Level.CRITICAL)).isEqualTo(Level.NONE);
        assertThat(StudentLevel.level(0.9, Level.LOW)).isEqualTo(Level.CRITICAL);
    }

    @Test
    @DisplayName("R-M3: more, stronger or longer signals never lower the level, in whatever order they are told")
    void monotone() {
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            List<OpenSignal> signals = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                signals.add(new OpenSignal(
                        random.nextDouble(), random.nextDouble(), Duration.ofSeconds(random.nextInt(700))));
            }
            double strength = StudentLevel.strength(signals);
            List<OpenSignal> more = new ArrayList<>(signals);
            OpenSignal one = more.set(0, worse(more.getFirst(), random));
            more.add(one);
            Collections.shuffle(signals, random);

            assertThat(strength).isBetween(0.0, 1.0);
            assertThat(StudentLevel.strength(signals)).isEqualTo(strength);
            assertThat(StudentLevel.strength(more)).isGreaterThanOrEqualTo(strength - 1e-12);
            Level before = LEVELS.get(random.nextInt(LEVELS.size()));
            assertThat(StudentLevel.of(more, before)).isGreaterThanOrEqualTo(StudentLevel.of(more, Level.NONE));
        }
    }

    @Test
    @DisplayName("R-M3: a signal out of range is refused")
    void bounds() {
        assertThatThrownBy(() -> new OpenSignal(Double.NaN, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenSignal(0.5, 1.1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenSignal(0.5, 1, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static OpenSignal worse(OpenSignal signal, Random random) {
        double score = signal.score() + (1 - signal.score()) * random.nextDouble();
        return new OpenSignal(score, signal.weight(), signal.lasting().plusSeconds(random.nextInt(100)));
    }

    private static OpenSignal signal(double score, int seconds) {
        return new OpenSignal(score, 1, Duration.ofSeconds(seconds));
    }
}
