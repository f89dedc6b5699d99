package dev.homeroom.metrics.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Peers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The detectors of learning, by example. */
class LearningDetectorsTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final Peers CLASS = new Peers(20, 15, Duration.ofMinutes(10));

    @Test
    @DisplayName("R-M3: ten opportunities without three right in a row are wheel-spinning, nine are not")
    void wheelSpinning() {
        var watch = new Watch<>(WheelSpinning.STANDARD);
        for (int i = 0; i < 9; i++) {
            watch.attempt(i * 60, i % 3 != 0);
        }
        assertThat(watch.score()).isLessThan(0.5);

        watch.attempt(600, false);

        assertThat(watch.score()).isCloseTo(0.5, CLOSE);
        assertThat(watch.value("opportunities")).isEqualTo(10);
        assertThat(watch.signal()).isNotNull().satisfies(signal -> {
            assertThat(signal.since()).isEqualTo(Watch.START.plusSeconds(600));
            assertThat(signal.evidence().events()).hasSize(5).endsWith(new UUID(7, 9));
        });
    }

    @Test
    @DisplayName("R-M3: three right in a row are mastery; after an episode it takes ten more to hear of it again")
    void mastery() {
        var watch = new Watch<>(WheelSpinning.STANDARD);
        for (int i = 0; i < 12; i++) {
            watch.attempt(i, false);
        }
        watch.attempt(20, true).attempt(21, true);
        assertThat(watch.score()).isGreaterThan(0.5);
        assertThat(watch.attempt(22, true).signal()).isNull();
        assertThat(watch.attempt(23, false).ended().signal()).isNull();
    }

    @Test
    @DisplayName("R-M3: knowledge is kept when an episode ends, but it takes new evidence to speak again")
    void knowledgeKept() {
        var watch = new Watch<>(KnowledgeTracing.STANDARD);
        for (int i = 0; i < 10; i++) {
            watch.attempt(i, false);
        }
        double before = watch.value("known");
        watch.ended().attempt(20, false);
        assertThat(watch.value("known")).isCloseTo(before, within(0.02));
        assertThat(watch.score()).isLessThan(0.3);
    }

    @Test
    @DisplayName("R-M3: knowledge tracing computes as Corbett and Anderson's equations do")
    void beliefs() {
        KnowledgeTracing tracing = KnowledgeTracing.STANDARD;
        // By hand: 0.3 × 0.9 / (0.3 × 0.9 + 0.7 × 0.2) = 0.658537; 0.3 × 0.1 / (0.3 × 0.1 + 0.7 × 0.8) = 0.050847; then
        // 0.1 of the rest.
        assertThat(tracing.learning(0.3, 1)).isCloseTo(0.6926829268, within(1e-9));
        assertThat(tracing.learning(0.3, 0)).isCloseTo(0.1457627119, within(1e-9));
        assertThat(tracing.learning(0.3, 0.5)).isCloseTo((0.6926829268 + 0.1457627119) / 2, within(1e-9));
        assertThat(tracing.learning(0.999, 1)).isLessThan(1);
    }

    @Test
    @DisplayName("R-M3: a skill that stays unknown is a signal, one that is learnt is none")
    void knowledgeTracing() {
        var lost = new Watch<>(KnowledgeTracing.STANDARD);
        lost.attempt(0, false).attempt(60, false);
        assertThat(lost.score()).as("two failures are no evidence yet").isLessThan(0.3);
        for (int i = 2; i < 10; i++) {
            lost.attempt(i * 60, false);
        }
        assertThat(lost.score()).isGreaterThan(0.75);
        assertThat(lost.value("known")).isLessThan(0.2);

        for (int i = 10; i < 14; i++) {
            lost.attempt(i * 60, true);
        }
        assertThat(lost.score()).as("learnt at last").isLessThan(0.3);
    }

    @Test
    @DisplayName("R-M3: partial credit counts as a part of a success")
    void partialCredit() {
        var poor = new Watch<>(KnowledgeTracing.STANDARD);
        var near = new Watch<>(KnowledgeTracing.STANDARD);
        for (int i = 0; i < 10; i++) {
            poor.attempt(i, 0.1, CLASS);
            near.attempt(i, 0.9, CLASS);
        }
        assertThat(near.score()).isLessThan(poor.score());
        assertThat(near.value("known")).isGreaterThan(poor.value("known"));
    }

    @Test
    @DisplayName("R-M3: three hints clicked through in under 4 s each are hint abuse; a hint that is read ends it")
    void hintAbuse() {
        var watch = new Watch<>(HintAbuse.STANDARD);
        watch.hint("ex1", 0, Map.of()).hint("ex1", 3, Map.of()).hint("ex1", 6, Map.of());
        assertThat(watch.value("rushed")).isEqualTo(2);
        assertThat(watch.score()).isLessThan(0.5);
        assertThat(watch.hint("ex1", 9.9, Map.of()).score()).isCloseTo(0.5, CLOSE);
        assertThat(watch.hint("ex1", 13.9, Map.of()).signal()).isNull();
    }

    @Test
    @DisplayName("R-M3: rushing to the hint that gives the answer counts twice, over several exercises")
    void bottomOutHunting() {
        var watch = new Watch<>(HintAbuse.STANDARD);
        watch.hint("ex1", 0, Map.of()).hint("ex1", 2, Map.of("bottomOut", true));
        assertThat(watch.score()).isLessThan(0.5);
        watch.hint("ex2", 60, Map.of()).hint("ex2", 62, Map.of("bottomOut", true));
        assertThat(watch.value("answers")).isEqualTo(2);
        assertThat(watch.score()).isGreaterThan(0.5);
    }

    @Test
    @DisplayName("R-M3: how long a hint was open counts where the app tells it")
    void toldReading() {
        var watch = new Watch<>(HintAbuse.STANDARD);
        for (int i = 0; i < 3; i++) {
            watch.hint("ex" + i, i * 100, Map.of("durationMs", 1_500));
        }
        assertThat(watch.score()).isCloseTo(0.5, CLOSE);
        assertThat(watch.hint("ex9", 300, Map.of("durationMs", 9_000)).value("rushed"))
                .as("another exercise's hint that is read does not unread the others")
                .isEqualTo(3);
    }

    @Test
    @DisplayName("R-M3: three wrong attempts within 6 s of thought each are guessing")
    void guessing() {
        var watch = new Watch<>(Guessing.STANDARD);
        watch.attempt(0, false).attempt(5, false).attempt(10, false);
        assertThat(watch.score()).isLessThan(0.5);
        assertThat(watch.attempt(15.9, false).score()).isCloseTo(0.5, CLOSE);
        assertThat(watch.attempt(21.9, false).signal()).as("it took its time").isNull();
    }

    @Test
    @DisplayName("R-M3: a right attempt is no guess, and reading the exercise is the beginning of thought")
    void thought() {
        var watch = new Watch<>(Guessing.STANDARD);
        watch.attempt(0, false).attempt(1, false).attempt(2, false).attempt(3, true);
        assertThat(watch.signal()).isNull();

        watch.sees(EventKind.FOCUS, "ex1", null, null, null, Map.of(), 100).attempt(102, false);
        assertThat(watch.value("guesses")).isEqualTo(1);
        watch.sees(EventKind.ATTEMPT, "ex1", false, null, null, Map.of("durationMs", 20_000), 103);
        assertThat(watch.signal()).as("the app knows how long it took").isNull();
    }

    @Test
    @DisplayName("R-M3: longer than nine in ten of the class who solved it is an outlier")
    void timeOnTask() {
        var watch = new Watch<>(TimeOnTask.STANDARD);
        watch.attempt(0, 0, CLASS).attempt(500, 0, CLASS);
        assertThat(watch.score()).isLessThan(0.5);
        assertThat(watch.attempt(600, 0, CLASS).score()).isCloseTo(0.5, CLOSE);
        assertThat(watch.value("seconds")).isEqualTo(600);
        assertThat(watch.attempt(90_000, 0, CLASS).value("seconds"))
                .as("a night is a break, counted with ten minutes")
                .isEqualTo(1_200);
        assertThat(watch.attempt(90_100, true).signal()).isNull();
        assertThat(watch.attempt(90_200, 0, CLASS).signal())
                .as("solved stays solved")
                .isNull();
    }

    @Test
    @DisplayName("R-M3: without a class to compare with nothing is said")
    void noClass() {
        var time = new Watch<>(TimeOnTask.STANDARD);
        var behind = new Watch<>(BehindClass.STANDARD);
        for (int i = 0; i < 5; i++) {
            time.attempt(i * 600, 0, new Peers(20, Peers.FEWEST_SOLVED - 1, Duration.ofSeconds(10)));
            behind.attempt(i * 600, 0, new Peers(Peers.FEWEST_STARTED - 1, 9, Duration.ofSeconds(10)));
        }
        assertThat(time.signal()).isNull();
        assertThat(behind.score()).isZero();
        assertThat(new Watch<>(BehindClass.STANDARD)
                        .attempt(0, false)
                        .attempt(1, false)
                        .attempt(2, false)
                        .signal())
                .isNull();
    }

    @Test
    @DisplayName("R-M3: who has little of what most have solved is behind the class")
    void behindClass() {
        var watch = new Watch<>(BehindClass.STANDARD);
        watch.attempt(0, 0.2, CLASS);
        assertThat(watch.signal()).as("a first try is no falling behind").isNull();
        assertThat(watch.attempt(120, 0, CLASS).score()).isCloseTo(0.75 * 0.8, CLOSE);
        assertThat(watch.ended().attempt(180, 0.6, CLASS).score())
                .as("what was earned is not forgotten with the episode")
                .isCloseTo(0.75 * 0.4, CLOSE);
        assertThat(watch.attempt(240, true).signal()).isNull();
    }

    @Test
    @DisplayName("R-M3: thresholds out of bounds are refused by name")
    void bounds() {
        assertThatThrownBy(() -> new WheelSpinning(0, 3, Duration.ofDays(1), Duration.ofMinutes(1)))
                .hasMessageStartingWith("opportunities:");
        assertThatThrownBy(() -> new Guessing(3, Duration.ZERO, Duration.ofMinutes(1)))
                .hasMessageStartingWith("thought:");
        assertThatThrownBy(() -> new HintAbuse(3, Duration.ofSeconds(4), Duration.ofDays(2)))
                .hasMessageStartingWith("window:");
        assertThatThrownBy(() ->
                        new KnowledgeTracing(0.3, 0.1, 0.5, 0.1, 0.8, 10, Duration.ofDays(1), Duration.ofMinutes(1)))
                .hasMessageStartingWith("guess:");
        assertThatThrownBy(() -> new BehindClass(6, Duration.ofDays(1), Duration.ofMinutes(1)))
                .hasMessageStartingWith("attempts:");
        assertThatThrownBy(() -> new TimeOnTask(Duration.ZERO, Duration.ofDays(1), Duration.ofMinutes(1)))
                .hasMessageStartingWith("least:");
    }
}
