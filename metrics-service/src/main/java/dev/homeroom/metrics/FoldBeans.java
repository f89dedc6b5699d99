package dev.homeroom.metrics;

import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.TunedRules;
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
    TunedRules.Basis rules(FoldSettings fold, FrustrationSettings frustration) {
        FoldRules frame = new FoldRules(
                List.of(),
                frustration.threshold(),
                frustration.hysteresis(),
                frustration.coolDown(),
                fold.grace(),
                fold.held(),
                fold.tracks());
        Tuning settings = frustration.tuning();
        FoldRules rules = frustration.enabled() ? Tuning.applied(frame, List.of(settings)) : frame;
        return new TunedRules.Basis(rules, settings, frustration.enabled());
    }

    @Produces
    @Singleton
    SuspectRules suspects(SuspectSettings settings) {
        return settings.rules();
    }
}
