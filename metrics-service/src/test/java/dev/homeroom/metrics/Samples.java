package dev.homeroom.metrics;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.core.Fold;
import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.core.detector.Catalogue;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.RepeatedErrors;
import dev.homeroom.metrics.core.detector.Struggle;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Metric events and rules for tests. */
public final class Samples {
    /** The default rules. */
    public static final FoldRules RULES = new FoldRules(
            List.of(
                    new RepeatedErrors(4, Duration.ofMinutes(10)),
                    new Struggle(10, 3, Duration.ofHours(24), Duration.ofMinutes(30))),
            0.5,
            0.2,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            500,
            64);

    /** The default rules of suspected elements. */
    public static final SuspectRules SUSPECTS =
            new SuspectRules(8, 0.2, Duration.ofMinutes(10), Set.of("struggle", "wheel-spinning"));

    /** All detectors of the catalogue with their standard thresholds, also those that are off by default. */
    public static final FoldRules ALL = new FoldRules(
            Catalogue.ALL.stream().<Detector<?>>map(Catalogue.Entry::standard).toList(),
            RULES.threshold(),
            RULES.hysteresis(),
            RULES.coolDown(),
            RULES.grace(),
            RULES.held(),
            RULES.tracks());

    /** The default rules, to be tuned. */
    public static final TunedRules.Basis BASIS = new TunedRules.Basis(RULES, Tuning.NONE, true);

    private Samples() {}

    /** The fold by the default rules. */
    public static Fold fold() {
        return new Fold(RULES);
    }

    /** An attempt on the exercise {@code ex1}, skill {@code loops}. */
    public static MetricEvent attempt(String classroom, String student, boolean success, Instant at) {
        return event(UUID.randomUUID(), classroom, student, "submit", "ex1", "loops", success, at);
    }

    /** An event of the app {@code editor}, received as it happened. */
    public static MetricEvent event(
            UUID id,
            String classroom,
            String student,
            String type,
            @Nullable String target,
            @Nullable String skill,
            @Nullable Boolean success,
            Instant at) {
        String outcome = success == null ? null : success ? "success" : "failure";
        return new MetricEvent(
                id, classroom, student, "editor", type, target, skill, outcome, null, null, at, at, Map.of("n", 1));
    }

    /** As the fold takes it. */
    public static TakenEvent taken(MetricEvent event) {
        return TakenEvent.of(event, Duration.ofSeconds(5));
    }

    /** A UUID drawn from {@code random}. */
    public static UUID uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
