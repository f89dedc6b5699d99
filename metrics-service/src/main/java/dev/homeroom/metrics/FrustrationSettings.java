package dev.homeroom.metrics;

import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.RepeatedErrors;
import dev.homeroom.metrics.core.detector.Struggle;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When a student counts as frustrated. The source of each threshold is told at its detector. */
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

    /** Errors in a row. */
    RepeatedErrorsSettings repeatedErrors();

    /** Few right attempts on a skill. */
    StruggleSettings struggle();

    /** See {@link RepeatedErrors}. */
    interface RepeatedErrorsSettings {
        /** Whether it runs. */
        @WithDefault("true")
        boolean enabled();

        /** How many errors in a row hold the rule. */
        @WithDefault("4")
        @Min(1)
        @Max(16)
        int errors();

        /** How far back they count. */
        @WithDefault("PT10M")
        Duration window();
    }

    /** See {@link Struggle}. */
    interface StruggleSettings {
        /** Whether it runs. */
        @WithDefault("true")
        boolean enabled();

        /** How many attempts are looked at. */
        @WithDefault("10")
        @Min(2)
        @Max(50)
        int attempts();

        /** At most how many right ones hold the rule. */
        @WithDefault("3")
        @Min(1)
        @Max(49)
        int mostRight();

        /** How long an attempt counts. */
        @WithDefault("PT24H")
        Duration memory();

        /** How long the skill may rest before an open episode ends. */
        @WithDefault("PT30M")
        Duration quiet();
    }

    /** The detectors in use. */
    default List<Detector<?>> detectors() {
        if (!enabled()) {
            return List.of();
        }
        List<Detector<?>> detectors = new ArrayList<>();
        if (repeatedErrors().enabled()) {
            detectors.add(new RepeatedErrors(
                    repeatedErrors().errors(), repeatedErrors().window()));
        }
        if (struggle().enabled()) {
            detectors.add(new Struggle(
                    struggle().attempts(),
                    struggle().mostRight(),
                    struggle().memory(),
                    struggle().quiet()));
        }
        return List.copyOf(detectors);
    }
}
