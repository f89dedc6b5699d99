package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.Samples;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The detectors and the life of an episode, by example. */
class DetectorsTest {
    @Test
    void fourErrorsInARowOpenAnEpisode_RM3() {
        Story story = new Story().fails(0, 30, 60);
        assertThat(story.told()).isEmpty();

        story.fails(90);

        assertThat(story.told()).containsExactly("repeated-errors open medium 1");
        Episode episode = story.last();
        assertThat(episode.startedAt()).isEqualTo(Story.START);
        assertThat(episode.subject()).isEqualTo(Subject.target("ex1"));
        assertThat(episode.score()).isEqualTo(0.5);
        assertThat(episode.evidence().values()).containsEntry("errors", 4.0).containsEntry("seconds", 90.0);
        assertThat(episode.evidence().events())
                .containsExactly(new UUID(1, 0), new UUID(1, 1), new UUID(1, 2), new UUID(1, 3));
        assertThat(episode.id().version()).isEqualTo(5);
    }

    @Test
    void aSuccessEndsTheRunAndTheEpisode_RM3() {
        Story story = new Story().fails(0, 10, 20).succeeds(30).fails(40, 50, 60);
        assertThat(story.told()).isEmpty();

        story.fails(70).succeeds(80);

        assertThat(story.told()).containsExactly("repeated-errors open medium 1", "repeated-errors closed medium 2");
        assertThat(story.last().endedAt()).isEqualTo(Story.START.plusSeconds(80));
        assertThat(story.last().startedAt()).isEqualTo(Story.START.plusSeconds(40));
    }

    @Test
    void errorsTooFarApartAreNoRun_RM3() {
        assertThat(new Story().fails(0, 300, 600, 901, 1200).told("repeated")).isEmpty();
    }

    @Test
    void theLevelRisesWithTheErrorsAndDoesNotFall_RM3() {
        Story story = new Story();
        for (int i = 0; i < 14; i++) {
            story.happens(EventKind.ERROR, "ex1", null, null, i);
        }
        assertThat(story.told())
                .containsExactly(
                        "repeated-errors open medium 1",
                        "repeated-errors open high 2",
                        "repeated-errors open critical 3");
    }

    @Test
    void errorsOnDifferentTargetsAreDifferentRuns_RM3() {
        Story story = new Story();
        for (int i = 0; i < 6; i++) {
            story.happens(EventKind.ERROR, "ex" + i % 2, null, null, i);
        }
        assertThat(story.told()).isEmpty();
    }

    @Test
    void afterAnEpisodeThereIsQuietForTheCoolDown_RM3() {
        Story story = new Story().fails(0, 1, 2, 3).succeeds(10).fails(20, 21, 22, 23);
        assertThat(story.told("repeated")).hasSize(2);

        story.fails(311);

        assertThat(story.told("repeated")).hasSize(3).last().isEqualTo("repeated-errors open medium 1");
    }

    @Test
    void silenceEndsAnEpisodeAtItsLastEvent_RM3() {
        Story story = new Story().fails(0, 1, 2, 3);
        assertThat(story.tickAfter()).isEqualTo(Duration.ofSeconds(603).plusMillis(1));

        story.silentUntil(600);
        assertThat(story.told()).hasSize(1);
        story.silentUntil(604);

        assertThat(story.told()).last().isEqualTo("repeated-errors closed medium 2");
        assertThat(story.last().endedAt()).isEqualTo(Story.START.plusSeconds(3));
        assertThat(story.tickAfter()).isNull();
        assertThat(story.happens(EventKind.CLICK, null, null, null, 900).told()).hasSize(2);
    }

    @Test
    void anEventFromBeforeTheSilenceReopensTheEpisode_RM3() {
        Story story = new Story().fails(0, 1, 2, 3).silentUntil(700);

        story.fails(60);

        assertThat(story.told().getLast()).isEqualTo("repeated-errors open medium 3");
    }

    @Test
    void aSuccessThatComesLateButWithinGraceTakesTheEpisodeBack_RM3() {
        Story story = new Story().fails(0, 2, 4, 6);

        story.succeeds(3);

        assertThat(story.told()).containsExactly("repeated-errors open medium 1", "repeated-errors retracted medium 2");
    }

    @Test
    void anEventOlderThanGraceIsNotFolded_RM3() {
        Story story = new Story().fails(0, 20, 40, 60);

        story.succeeds(49);

        assertThat(story.told()).hasSize(1);
        assertThat(story.succeeds(50).told()).hasSize(2);
    }

    @Test
    void threeOfTenRightIsStruggleFourIsNot_RM3() {
        assertThat(tenAttempts(4).told("struggle")).isEmpty();
        assertThat(tenAttempts(3).told("struggle")).containsExactly("struggle open medium 1");
        assertThat(tenAttempts(1).told("struggle")).containsExactly("struggle open high 1");
        assertThat(tenAttempts(0).told("struggle")).containsExactly("struggle open critical 1");
        assertThat(tenAttempts(3).last().subject()).isEqualTo(Subject.skill("loops"));
        assertThat(tenAttempts(3).last().evidence().values())
                .containsEntry("right", 3.0)
                .containsEntry("attempts", 10.0);
    }

    @Test
    void struggleEndsWithFiveOfTenRightNotWithFour_RM3() {
        Story story = tenAttempts(3);
        story.succeeds(1000).succeeds(1001).succeeds(1002).succeeds(1003);
        assertThat(story.told("struggle")).hasSize(1);

        story.succeeds(1004);

        assertThat(story.told("struggle")).last().isEqualTo("struggle closed medium 2");
    }

    @Test
    void attemptsWithoutASkillAreNoStruggle_RM3() {
        Story story = new Story();
        for (int i = 0; i < 20; i++) {
            story.happens(EventKind.ATTEMPT, null, null, false, i * 1000);
        }
        assertThat(story.told()).isEmpty();
    }

    @Test
    void aLowerThresholdIsMoreSensitive_RM3() {
        assertThat(new Story(rules(0.3)).fails(0, 1, 2).told()).containsExactly("repeated-errors open low 1");
    }

    @Test
    void withoutDetectorsNothingIsTold_RO6() {
        FoldRules off = new FoldRules(List.of(), 0.5, 0.2, Duration.ofMinutes(5), Duration.ofSeconds(10), 500, 64);
        assertThat(new Story(off).fails(0, 1, 2, 3, 4, 5).told()).isEmpty();
    }

    @Test
    void levelsFollowTheScore_RM3() {
        assertThat(List.of(0.0, 0.29, 0.3, 0.5, 0.75, 0.9, 1.0).stream().map(Level::of))
                .containsExactly(
                        Level.NONE, Level.NONE, Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL, Level.CRITICAL);
    }

    private static FoldRules rules(double threshold) {
        return new FoldRules(
                Samples.RULES.detectors(),
                threshold,
                Samples.RULES.hysteresis(),
                Samples.RULES.coolDown(),
                Samples.RULES.grace(),
                Samples.RULES.held(),
                Samples.RULES.tracks());
    }

    /** Ten attempts; the right ones first. */
    private static Story tenAttempts(int right) {
        Story story = new Story();
        for (int i = 0; i < 10; i++) {
            story.attempt(i * 100 - 900, i < right);
        }
        return story;
    }
}
