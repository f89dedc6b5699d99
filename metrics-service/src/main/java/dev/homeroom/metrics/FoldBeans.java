package dev.homeroom.metrics;

import dev.homeroom.metrics.core.Fold;
import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import dev.homeroom.metrics.suspect.SuspectSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Makes the pure parts from the settings. */
@ApplicationScoped
public class FoldBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    FoldRules rules(FoldSettings fold, FrustrationSettings frustration) {
        FoldRules frame = new FoldRules(
                List.of(),
                frustration.threshold(),
                frustration.hysteresis(),
                frustration.coolDown(),
                fold.grace(),
                fold.held(),
                fold.tracks());
        return frustration.enabled() ? Tuning.applied(frame, List.of(frustration.tuning())) : frame;
    }

    @Produces
    @Singleton
    SuspectRules suspects(SuspectSettings settings) {
        return settings.rules();
    }

    @Produces
    @Singleton
    Fold fold(FoldRules rules) {
        return new Fold(rules);
    }
}
