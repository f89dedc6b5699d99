package dev.homeroom.metrics.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homeroom.metrics.core.FoldRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private static final Path REAL = Path.of("..", "..", "shared", "data", "programming-course");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    @DisplayName("R-M6: who fails on while the class is done is found, also by weights that never saw the homework")
    void finds() {
        Scorecard scorecard = Scoring.score(FoldRules.standard(), List.of(homework("hw01", 1), homework("hw02", 2)));

        assertThat(scorecard.level().aucFirstHalf()).isGreaterThan(0.8);
        assertThat(scorecard.level().aucFirstHalfInterval().from()).isGreaterThan(0.7);
        Card behind = card(scorecard, "behind-class");
        assertThat(behind.aucFirstHalf()).isGreaterThan(0.8);
        assertThat(behind.precision()).isNotNull().isGreaterThan(0.5);
        assertThat(behind.recall()).isGreaterThan(0.3);
        assertThat(behind.alertsPerHour()).isPositive();
        assertThat(behind.firstAlert()).isNotNull().isPositive();
        assertThat(scorecard.notMeasured())
                .contains("rage-clicks", "hint-abuse")
                .doesNotContain("struggle");
        assertThat(scorecard.homeworks())
                .hasSize(2)
                .allSatisfy(facts -> assertThat(facts.low()).isEqualTo(10));
        assertThat(ScorecardText.of(scorecard)).contains("behind-class", "Not measured", "proxy");
    }

    @Test
    @DisplayName("R-M6: the outcome of a homework has no part in its own score")
    void unseen() {
        Homework one = homework("hw01", 1);
        Scorecard with = Scoring.score(FoldRules.standard(), List.of(one, homework("hw02", 2)));
        Scorecard turned = Scoring.score(FoldRules.standard(), List.of(one, turned(homework("hw02", 2))));

        assertThat(turned.homeworks().getLast().weights())
                .isEqualTo(with.homeworks().getLast().weights());
        assertThat(turned.homeworks().getLast().auc())
                .isCloseTo(1 - with.homeworks().getLast().auc(), within(1e-9));
    }

    @Test
    @DisplayName("R-M6: a homework in which nothing can be told apart is refused")
    void refuses() {
        Homework all = homework("hw01", 1);
        SequencedMap<String, Homework.Work> none = new TreeMap<>();
        all.students().forEach((student, work) -> none.put(student, new Homework.Work(work.snapshots(), 100.0)));
        assertThatThrownBy(() -> Scoring.score(FoldRules.standard(), List.of(new Homework("hw01", none))))
                .isInstanceOf(UnreadableHomeworkException.class)
                .hasMessageContaining("hw01 has 0 low grades of 40");
    }

    @Test
    @DisplayName("R-M6: on the real programming course the level beats the floors")
    void real() {
        assumeTrue(Files.isDirectory(REAL), "the data are not beside this checkout");
        Scorecard scorecard = Scoring.score(FoldRules.standard(), HomeworkReader.read(REAL));

        assertThat(scorecard.level().aucFirstHalf()).isGreaterThan(0.65);
        assertThat(scorecard.level().aucFirstHalfInterval().from())
                .as("chance is no explanation")
                .isGreaterThan(0.55);
        assertThat(scorecard.level().auc()).isGreaterThan(0.68);
        assertThat(scorecard.level().aucInterval().from()).isGreaterThan(0.64);
    }

    private static Card card(Scorecard scorecard, String name) {
        return scorecard.detectors().stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The same work with the grades the other way round. */
    private static Homework turned(Homework homework) {
        SequencedMap<String, Homework.Work> students = new TreeMap<>();
        homework.students()
                .forEach((student, work) ->
                        students.put(student, new Homework.Work(work.snapshots(), work.low() ? 100.0 : 50.0)));
        return new Homework(homework.name(), students);
    }

    /** Forty students over four days; ten begin when the others are done, get nowhere for long, and get a low grade. */
    private static Homework homework(String name, long seed) {
        Random random = new Random(seed);
        SequencedMap<String, Homework.Work> students = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            boolean low = i % 4 == 0;
            Instant at = START.plus(Duration.ofHours(low ? 72 : random.nextInt(48)));
            List<Snapshot> snapshots = new ArrayList<>();
            int passed = 0;
            for (int n = 0; n < 12; n++) {
                passed = Math.min(10, passed + random.nextInt(low ? 2 : 4));
                snapshots.add(new Snapshot(at, random.nextInt(6) == 0 ? 1 : 0, 0, 10 - passed, passed));
                at = at.plusSeconds(60 + random.nextInt(1_800));
            }
            students.put("s%02d".formatted(i), new Homework.Work(snapshots, low ? 60.0 : 95.0));
        }
        return new Homework(name, students);
    }
}
