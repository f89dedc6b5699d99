package dev.homeroom.metrics;

import dev.homeroom.metrics.core.Tuning;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When a student counts as frustrated, as long as no tuning of a classroom or app says otherwise. The source of each
 * threshold is told at its detector, all of them are listed in {@code docs/metrics-detectors.md}.
 */
@ConfigMapping(prefix = "homeroom.metrics.frustration")
public interface FrustrationSettings {
    /** Whether detectors run ({@code FRUSTRATION_DETECTION_ENABLED}). */
    @WithDefault("true")
    boolean enabled();

    /** The score from which an episode opens ({@code FRUSTRATION_DETECTION_THRESHOLD}); lower is more sensitive. */
    @WithDefault("0.5")
    @DecimalMin("0.05")
    @DecimalMax("1")
    double threshold();

    /** How far below the threshold the score must fall for the student to count as recovered. */
    @WithDefault("0.2")
    @DecimalMin("0")
    @DecimalMax("1")
    double hysteresis();

    /** How long after an episode the same detector stays quiet about the same thing, in event time. */
    @WithDefault("PT5M")
    Duration coolDown();

    /**
     * Thresholds of detectors, by the name of the detector and of the threshold: {@code
     * homeroom.metrics.frustration.detectors.rage-clicks.clicks=4}; {@code enabled} switches a detector on or off.
     */
    Map<String, Map<String, String>> detectors();

    /**
     * All of it as one change of the standard rules.
     *
     * @throws IllegalArgumentException when a detector or threshold is unknown or out of bounds; the message says which
     */
    default Tuning tuning() {
        Map<String, Tuning.Change> changes = new HashMap<>();
        detectors().forEach((name, values) -> {
            Map<String, String> thresholds = new HashMap<>(values);
            String enabled = thresholds.remove("enabled");
            changes.put(name, new Tuning.Change(enabled == null ? null : Boolean.valueOf(enabled), thresholds));
        });
        return new Tuning(threshold(), hysteresis(), coolDown(), changes);
    }
}
