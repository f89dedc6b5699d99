package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.core.detector.Idle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Silence as a signal. */
class IdleTest {
    private static Story story(double threshold) {
        return new Story(new FoldRules(
                List.of(Idle.STANDARD), threshold, 0.2, Duration.ofMinutes(5), Duration.ofSeconds(10), 500, 64));
    }

    /** Ten clicks, the last at second 90. */
    private static Story busy(Story story) {
        for (int i = 0; i < 10; i++) {
            story.happens(EventKind.CLICK, "b" + i, null, null, i * 10);
        }
        return story;
    }

    @Test
    @DisplayName("R-M3: the steps of idleness are told as they pass, and its end with the next event")
    void steps() {
        Story story = busy(story(0.3));
        assertThat(story.tickAfter()).isEqualTo(Duration.ofSeconds(110).plusMillis(1));
        story.silentUntil(111);
        assertThat(story.tickAfter()).isEqualTo(Duration.ofSeconds(210).plusMillis(1));
        story.silentUntil(211);
        assertThat(story.tickAfter()).isEqualTo(Duration.ofSeconds(390).plusMillis(1));
        story.silentUntil(391);

        assertThat(story.told()).containsExactly("idle open low 1", "idle open medium 2", "idle open high 3");
        assertThat(story.last().startedAt()).isEqualTo(Story.START.plusSeconds(90));
        story.happens(EventKind.FOCUS, null, null, null, 500);
        assertThat(story.told()).last().isEqualTo("idle closed high 4");
        assertThat(story.last().endedAt()).isEqualTo(Story.START.plusSeconds(500));
        assertThat(story.tickAfter()).isNull();
    }

    @Test
    @DisplayName("R-M3: whoever comes back before anybody looked was idle all the same")
    void unseen() {
        Story looked = busy(story(0.5)).silentUntil(211).happens(EventKind.CLICK, null, null, null, 300);
        Story nobody = busy(story(0.5)).happens(EventKind.CLICK, null, null, null, 300);

        assertThat(nobody.told()).containsExactly("idle closed medium 1");
        assertThat(nobody.last()).isEqualTo(looked.last());
    }

    @Test
    @DisplayName("R-M3: twenty seconds are below the usual threshold")
    void twentySeconds() {
        assertThat(busy(story(0.5)).silentUntil(209).told()).isEmpty();
    }

    @Test
    @DisplayName("R-M3: an app that tells little has no idle students, unless it says so")
    void quietApp() {
        Story story = story(0.5);
        for (int i = 0; i < 20; i++) {
            story.happens(EventKind.SUBMIT, "ex", null, true, i * 100);
        }
        assertThat(story.silentUntil(2_500).told()).isEmpty();
        assertThat(story.tickAfter()).isNull();

        story.tells(EventKind.IDLE, null, Map.of(), 2_600_000);

        assertThat(story.told()).containsExactly("idle open high 1");
        assertThat(story.last().startedAt()).isEqualTo(Story.START.plusSeconds(1_900));
    }

    @Test
    @DisplayName("R-M3: the app's word that a student is idle counts from where it says")
    void told() {
        Story story = story(0.5).tells(EventKind.IDLE, null, Map.of("durationMs", 30_000), 0);
        assertThat(story.told()).isEmpty();

        story.tells(EventKind.IDLE, null, Map.of("durationMs", 90_000), 60_000)
                .tells(EventKind.IDLE, null, Map.of(), 91_000);

        assertThat(story.told()).containsExactly("idle open medium 1");
        assertThat(story.last().startedAt()).isEqualTo(Story.START.minusSeconds(30));
    }

    @Test
    @DisplayName("R-M3: who stays away has left; the idleness ends after half an hour, and nothing is told any more")
    void left() {
        Story story = busy(story(0.5)).silentUntil(211).silentUntil(1_891);

        assertThat(story.told()).last().isEqualTo("idle closed high 2");
        assertThat(story.last().endedAt()).isEqualTo(Story.START.plusSeconds(1_890));
        assertThat(story.tickAfter()).isNull();
        assertThat(story.happens(EventKind.CLICK, null, null, null, 90_000).told())
                .hasSize(2);
    }

    @Test
    @DisplayName("R-M3: an event that was on its way takes the idleness back")
    void onItsWay() {
        Story story = busy(story(0.5)).silentUntil(211).happens(EventKind.CLICK, null, null, null, 100);
        assertThat(story.told()).containsExactly("idle open medium 1", "idle retracted medium 2");
        assertThat(story.tickAfter()).isEqualTo(Duration.ofSeconds(220).plusMillis(1));
    }

    @Test
    @DisplayName("R-M3: what comes out of order does not wake the idle")
    void outOfOrder() {
        Story story = busy(story(0.5)).silentUntil(211).late(EventKind.CLICK, 85, 250);
        assertThat(story.told()).containsExactly("idle open medium 1");
        assertThat(story.silentUntil(391).told()).last().isEqualTo("idle open high 2");
    }
}
