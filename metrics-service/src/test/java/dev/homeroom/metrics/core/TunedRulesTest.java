package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.core.TunedRules.Candidate;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.detector.Catalogue;
import dev.homeroom.metrics.core.detector.RageClicks;
import dev.homeroom.metrics.core.detector.Thresholds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TunedRulesTest {
    private static final TunedRules.Basis BASIS =
            new TunedRules.Basis(Tuning.applied(Samples.RULES, List.of()), Tuning.NONE, true);
    private static final Seat SEAT = new Seat("c1", "s1", "quiz");

    private static Tuning threshold(double threshold) {
        return new Tuning(threshold, null, null, Map.of());
    }

    private static Tuning change(String detector, @Nullable Boolean enabled, Map<String, String> thresholds) {
        return new Tuning(null, null, null, Map.of(detector, new Tuning.Change(enabled, thresholds)));
    }

    private static TunedRules tuned(Map<Scope, Tuning> live) {
        return new TunedRules(1, BASIS, live, Map.of());
    }

    private static @Nullable RageClicks rage(Fold fold) {
        return (RageClicks) fold.detector("rage-clicks");
    }

    @Test
    @DisplayName("R-M3: what the app in the classroom says counts before the classroom, and that before the app")
    void layers() {
        Map<Scope, Tuning> live = new HashMap<>();
        live.put(new Scope("*", "quiz"), change("rage-clicks", null, Map.of("clicks", "4", "pixels", "40")));
        assertThat(rage(tuned(live).live(SEAT)))
                .isEqualTo(new RageClicks(4, 40, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(30)));
        live.put(new Scope("c1", "*"), change("rage-clicks", null, Map.of("clicks", "5", "apart", "PT0.5S")));
        live.put(new Scope("c1", "quiz"), change("rage-clicks", null, Map.of("clicks", "6")));
        live.put(new Scope("c2", "quiz"), change("rage-clicks", false, Map.of()));

        TunedRules rules = tuned(live);

        assertThat(rage(rules.live(SEAT)))
                .isEqualTo(new RageClicks(6, 40, Duration.ofMillis(500), Duration.ZERO, Duration.ofSeconds(30)));
        assertThat(rage(rules.live(new Seat("c2", "s1", "quiz")))).isNull();
        assertThat(rage(rules.live(new Seat("c3", "s1", "other")))).isEqualTo(RageClicks.STANDARD);
    }

    @Test
    @DisplayName("R-M3: sensitivity per classroom is its threshold")
    void sensitivity() {
        TunedRules rules = tuned(Map.of(new Scope("c1", "*"), threshold(0.3)));
        assertThat(tellsAfterThreeErrors(rules.live(SEAT))).isTrue();
        assertThat(tellsAfterThreeErrors(rules.live(new Seat("c2", "s1", "quiz"))))
                .isFalse();
    }

    private static boolean tellsAfterThreeErrors(Fold fold) {
        Lane lane = null;
        boolean told = false;
        for (int i = 0; i < 3; i++) {
            Observed error = new Observed(
                    new UUID(1, i),
                    EventKind.ERROR,
                    "ex1",
                    null,
                    null,
                    Story.START.plusSeconds(i),
                    Story.START.plusSeconds(i));
            Fold.Outcome outcome = fold.observe(SEAT, lane, error);
            lane = outcome.lane();
            told |= !outcome.revisions().isEmpty();
        }
        return told;
    }

    @Test
    @DisplayName("R-M3: a detector that is off by default can be switched on, one that is on, off")
    void switches() {
        assertThat(tuned(Map.of()).live(SEAT).detector("back-and-forth")).isNull();
        TunedRules rules = tuned(Map.of(
                new Scope("c1", "*"), change("back-and-forth", true, Map.of("returns", "2")),
                new Scope("*", "quiz"), change("idle", false, Map.of())));
        assertThat(rules.live(SEAT).detector("back-and-forth")).isNotNull();
        assertThat(rules.live(SEAT).detector("idle")).isNull();
    }

    @Test
    @DisplayName("R-M3: where detection is switched off, no tuning switches it on")
    void off() {
        TunedRules.Basis off = new TunedRules.Basis(
                new FoldRules(List.of(), 0.5, 0.2, Duration.ofMinutes(5), Duration.ofSeconds(10), 500, 64),
                Tuning.NONE,
                false);
        TunedRules rules =
                new TunedRules(1, off, Map.of(new Scope("c1", "*"), change("idle", true, Map.of())), Map.of());
        assertThat(rules.live(SEAT).detector("idle")).isNull();
    }

    @Test
    @DisplayName("R-M3: a trial runs on top of what is live, and only the most particular one")
    void trials() {
        Map<Scope, Tuning> live = Map.of(new Scope("c1", "*"), change("rage-clicks", null, Map.of("pixels", "50")));
        TunedRules rules = new TunedRules(
                1,
                BASIS,
                live,
                Map.of(
                        new Scope("*", "quiz"), new Candidate(7, change("rage-clicks", null, Map.of("apart", "PT2S"))),
                        new Scope("c1", "*"), new Candidate(9, change("rage-clicks", null, Map.of("clicks", "9")))));

        Rulebook.Trial trial = Objects.requireNonNull(rules.shadow(SEAT));

        assertThat(trial.number()).isEqualTo(9);
        assertThat(rage(trial.fold()))
                .isEqualTo(new RageClicks(9, 50, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(30)));
        assertThat(rules.shadow(new Seat("c2", "s1", "essay"))).isNull();
    }

    @Test
    @DisplayName("R-M3: thresholds that contradict each other only together do not stop the fold")
    void contradiction() {
        TunedRules rules = tuned(Map.of(
                new Scope("*", "quiz"), change("idle", null, Map.of("second", "PT4M")),
                new Scope("c1", "*"), change("idle", null, Map.of("third", "PT3M"))));
        assertThat(Thresholds.of(Objects.requireNonNull(rules.live(SEAT).detector("idle"))))
                .containsEntry("second", "PT4M")
                .containsEntry("third", "PT5M");
    }

    @Test
    @DisplayName("R-M3: a tuning says what is wrong with it")
    void refused() {
        assertThatThrownBy(() -> threshold(0.01)).hasMessage("threshold: must be 0.05 to 1");
        assertThatThrownBy(() -> change("mood", true, Map.of())).hasMessageStartingWith("detectors.mood: is unknown");
        assertThatThrownBy(() -> change("idle", null, Map.of("fourth", "PT1H")))
                .hasMessageStartingWith("detectors.idle.fourth: is no threshold; there are [first, second");
        assertThatThrownBy(() -> change("rage-clicks", null, Map.of("clicks", "1")))
                .hasMessage("detectors.rage-clicks.clicks: must be 2 to 50");
        assertThatThrownBy(() -> change("rage-clicks", null, Map.of("clicks", "2.5")))
                .hasMessage("detectors.rage-clicks.clicks: must be a whole number");
        assertThatThrownBy(() -> change("rage-clicks", null, Map.of("apart", "1s")))
                .hasMessage("detectors.rage-clicks.apart: must be a duration as PT10M");
    }

    @Test
    @DisplayName("R-M3: every detector of the catalogue has a name of its own and can be tuned")
    void catalogue() {
        assertThat(Catalogue.ALL.stream().map(entry -> entry.standard().name())).doesNotHaveDuplicates();
        for (Catalogue.Entry entry : Catalogue.ALL) {
            Map<String, String> thresholds = Thresholds.of(entry.standard());
            assertThat(thresholds).isNotEmpty();
            assertThat((Object) Thresholds.changed(entry.standard(), thresholds))
                    .isEqualTo(entry.standard());
            assertThat(entry.standard().rests()).isSorted();
        }
    }
}
