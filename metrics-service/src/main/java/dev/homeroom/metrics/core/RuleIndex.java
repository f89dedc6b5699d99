package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules whose detectors are found by name: that happens for every track with every event. Safe to use from several threads. */
final class RuleIndex {
    private final FoldRules rules;
    private final Map<String, Detector<?>> byName = new HashMap<>();

    RuleIndex(FoldRules rules) {
        this.rules = rules;
        rules.detectors().forEach(detector -> byName.put(detector.name(), detector));
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

    boolean concerns(Observed event) {
        for (Detector<?> detector : rules.detectors()) {
            if (detector.subject(event) != null) {
                return true;
            }
        }
        return false;
    }
}
