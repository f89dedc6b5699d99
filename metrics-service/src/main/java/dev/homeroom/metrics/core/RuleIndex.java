package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules whose detectors are found by name: that happens for every track with every event. Safe to use from several threads. */
final class RuleIndex {
    private final FoldRules rules;
    private final Map<String, Detector<?>> byName = new HashMap<>();
    private final IdentityHashMap<Detector<?>, List<Duration>> rests = new IdentityHashMap<>();

    RuleIndex(FoldRules rules) {
        this.rules = rules;
        rules.detectors().forEach(detector -> {
            byName.put(detector.name(), detector);
            rests.put(detector, List.copyOf(detector.rests()));
        });
    }

    FoldRules rules() {
        return rules;
    }

    List<Detector<?>> detectors() {
        return rules.detectors();
    }

    @Nullable
    Detector<?> detector(String name) {
        return byName.get(name);
    }

    /** {@link Detector#rests} of a detector of these rules, made once. */
    List<Duration> rests(Detector<?> detector) {
        return rests.getOrDefault(detector, List.of());
    }

    boolean concerns(Observed event) {
        for (Detector<?> detector : rules.detectors()) {
            if (detector.subject(event) != null) {
                return true;
            }
        }
        return false;
    }
}
