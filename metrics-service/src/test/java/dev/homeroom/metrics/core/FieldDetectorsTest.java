package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.core.detector.Abandonment;
import dev.homeroom.metrics.core.detector.BackAndForth;
import dev.homeroom.metrics.core.detector.DeadClicks;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.ErrorBurst;
import dev.homeroom.metrics.core.detector.RageClicks;
import dev.homeroom.metrics.core.detector.SameError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The detectors that come from the field: clicks, errors, navigation, work left behind. */
class FieldDetectorsTest {
    private static Story story(Detector<?> detector) {
        return new Story(
                new FoldRules(List.of(detector), 0.5, 0.2, Duration.ofMinutes(5), Duration.ofSeconds(10), 500, 64));
    }

    private static Map<String, Object> at(int x, int y) {
        return Map.of("x", x, "y", y);
    }

    @Test
    @DisplayName("R-M3: the third click within a second and 30 px of the one before is rage")
    void rage() {
        Story story = story(RageClicks.STANDARD);
        story.tells(EventKind.CLICK, "save", at(100, 100), 0).tells(EventKind.CLICK, "save", at(115, 114), 999);
        assertThat(story.told()).isEmpty();

        story.tells(EventKind.CLICK, "save", at(100, 100), 1_998);

        assertThat(story.told()).containsExactly("rage-clicks open medium 1");
        Episode episode = story.last();
        assertThat(episode.subject()).isEqualTo(Subject.target("save"));
        assertThat(episode.evidence().values()).containsEntry("clicks", 3.0).containsEntry("seconds", 1.998);
        assertThat(episode.evidence().events()).containsExactly(new UUID(1, 0), new UUID(1, 1), new UUID(1, 2));
    }

    @Test
    @DisplayName("R-M3: clicks a second apart, or 30 px apart, or on different targets are no rage")
    void noRage() {
        Story slow = story(RageClicks.STANDARD);
        Story far = story(RageClicks.STANDARD);
        Story elsewhere = story(RageClicks.STANDARD);
        for (int i = 0; i < 6; i++) {
            slow.tells(EventKind.CLICK, "save", at(1, 1), i * 1_000L);
            far.tells(EventKind.CLICK, "save", at(i * 15, i * 15), i * 100L);
            elsewhere.tells(EventKind.CLICK, "key" + i % 2, Map.of(), i * 100L);
        }
        assertThat(slow.told()).isEmpty();
        assertThat(far.told()).isEmpty();
        assertThat(elsewhere.told("rage")).hasSize(2);
    }

    @Test
    @DisplayName(
            "R-M3: clicks on a target that expects them, and, where that is wanted, clicks that were answered, are no rage")
    void expected() {
        Duration second = Duration.ofSeconds(1);
        Story story = story(new RageClicks(3, 30, second, second, Duration.ofSeconds(30)));
        for (int i = 0; i < 9; i++) {
            story.tells(EventKind.CLICK, "next", Map.of("x", 1, "y", 1, "expectsRepeats", true), i * 100L);
            story.tells(EventKind.CLICK, "step", Map.of("x", 1, "y", 1, "reactionMs", 40), i * 100L);
            story.tells(EventKind.CLICK, null, Map.of(), i * 100L);
        }
        assertThat(story.told()).isEmpty();
    }

    @Test
    @DisplayName("R-M3: a burst that a tracker joined into one event counts all its clicks")
    void joined() {
        Story story = story(RageClicks.STANDARD).tells(EventKind.CLICK, "save", Map.of("clicks", 10), 0);
        assertThat(story.told()).containsExactly("rage-clicks open critical 1");
        assertThat(story.tells(EventKind.CLICK, "save", Map.of(), 5_000).told())
                .last()
                .isEqualTo("rage-clicks closed critical 2");
    }

    @Test
    @DisplayName("R-M3: the second click within a minute to which nothing reacted in 2.5 s is dead")
    void dead() {
        Story story = story(DeadClicks.STANDARD)
                .tells(EventKind.CLICK, "run", Map.of("dead", true), 0)
                .tells(EventKind.CLICK, "run", Map.of(), 1_000)
                .tells(EventKind.CLICK, "run", Map.of("reactionMs", 2_500), 60_000);
        assertThat(story.told()).containsExactly("dead-clicks open medium 1");

        story.tells(EventKind.CLICK, "run", Map.of("reactionMs", 2_499), 61_000);

        assertThat(story.told()).last().isEqualTo("dead-clicks closed medium 2");
    }

    @Test
    @DisplayName("R-M3: six errors within a minute are a burst, wherever they are")
    void burst() {
        Story slow = story(ErrorBurst.STANDARD);
        Story fast = story(ErrorBurst.STANDARD);
        for (int i = 0; i < 6; i++) {
            slow.happens(EventKind.ERROR, "t" + i, null, null, i * 13);
            fast.happens(EventKind.ERROR, "t" + i, null, null, i * 12)
                    .happens(EventKind.SUBMIT, "t", null, true, i * 12);
        }
        assertThat(slow.told()).isEmpty();
        assertThat(fast.told()).containsExactly("error-burst open medium 1");
        assertThat(fast.last().subject()).isEqualTo(Subject.APP);
    }

    @Test
    @DisplayName("R-M3: the same error three times in a row is told, another one in between is not")
    void same() {
        Story story = story(SameError.STANDARD);
        List<String> errors = List.of("';' expected, line 3", "';' expected, line 4", "no such file", "';' expected");
        for (int i = 0; i < errors.size(); i++) {
            story.tells(EventKind.ERROR, "ex1", Map.of("error", errors.get(i)), i * 1_000L);
        }
        assertThat(story.told()).isEmpty();

        story.tells(EventKind.ERROR, "ex1", Map.of(), 5_000)
                .tells(EventKind.ERROR, "ex1", Map.of("error", "';'  EXPECTED"), 6_000)
                .tells(EventKind.ERROR, "ex1", Map.of("error", "';' expected"), 7_000);

        assertThat(story.told()).containsExactly("same-error open medium 1");
        assertThat(story.succeeds(8).told()).last().isEqualTo("same-error closed medium 2");
    }

    @Test
    @DisplayName("R-M3: who leaves an exercise after four failures has abandoned it, until coming back")
    void abandoned() {
        Story story = story(Abandonment.STANDARD).fails(0, 10, 20, 30);
        assertThat(story.tickAfter()).isEqualTo(Duration.ofSeconds(630).plusMillis(1));

        story.happens(EventKind.ATTEMPT, "ex2", null, true, 300).happens(EventKind.ATTEMPT, "ex2", null, true, 630);
        assertThat(story.told()).isEmpty();
        story.happens(EventKind.ATTEMPT, "ex2", null, true, 631);

        assertThat(story.told()).containsExactly("abandonment open medium 1");
        assertThat(story.last().startedAt()).isEqualTo(Story.START.plusSeconds(30));
        assertThat(story.tickAfter())
                .isEqualTo(Duration.ofHours(2).plusSeconds(30).plusMillis(1));
        assertThat(story.fails(900).told()).last().isEqualTo("abandonment closed medium 2");
        assertThat(story.last().endedAt()).isEqualTo(Story.START.plusSeconds(900));
    }

    @Test
    @DisplayName("R-M3: a solved exercise is not abandoned, and an abandoned one is forgotten in the end")
    void notAbandoned() {
        assertThat(story(Abandonment.STANDARD).fails(0, 1, 2, 3).succeeds(4).tickAfter())
                .isNull();

        Story story = story(Abandonment.STANDARD).fails(0, 1, 2, 3).silentUntil(604);
        assertThat(story.told()).containsExactly("abandonment open medium 1");
        story.silentUntil(7_204);

        assertThat(story.told()).last().isEqualTo("abandonment closed medium 2");
        assertThat(story.last().endedAt()).isEqualTo(Story.START.plusSeconds(7_203));
        assertThat(story.tickAfter()).isNull();
    }

    @Test
    @DisplayName("R-M3: going back and forth is seen where somebody wants to")
    void backAndForth() {
        Story story = story(BackAndForth.STANDARD);
        for (int i = 0; i < 6; i++) {
            story.tells(EventKind.NAVIGATION, i % 2 == 0 ? "intro" : "task", Map.of(), i * 1_000L);
        }
        assertThat(story.told()).containsExactly("back-and-forth open medium 1");
    }
}
