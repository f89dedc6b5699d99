package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Catalogue;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of the rules of detection, for all, for an app, for a classroom. What it does not tell stays as it is.
 *
 * @param threshold the score from which an episode opens, {@value #LOWEST_THRESHOLD} to 1; lower is more sensitive
 * @param hysteresis how far below the threshold the score must fall for the student to count as recovered, 0 to 1
 * @param coolDown how long after an episode the same detector stays quiet about the same thing, in event time, up to 24 h
 * @param detectors what is changed of single detectors, by their names
 */
public record Tuning(
        @Nullable Double threshold,
        @Nullable Double hysteresis,
        @Nullable Duration coolDown,
        Map<String, Change> detectors) {
    /** A lower threshold would call everything frustration. */
    public static final double LOWEST_THRESHOLD = 0.05;

    /** Nothing changed. */
    public static final Tuning NONE = new Tuning(null, null, null, Map.of());

    private static final Duration LONGEST_COOL_DOWN = Duration.ofHours(24);

    public Tuning {
        detectors = Map.copyOf(detectors);
        check(threshold == null || (threshold >= LOWEST_THRESHOLD && threshold <= 1), "threshold: must be 0.05 to 1");
        check(hysteresis == null || (hysteresis >= 0 && hysteresis <= 1), "hysteresis: must be 0 to 1");
        check(
                coolDown == null || (!coolDown.isNegative() && coolDown.compareTo(LONGEST_COOL_DOWN) <= 0),
                "coolDown: must be PT0S to PT24H");
        detectors.forEach(Tuning::check);
    }

    /**
     * What is changed of a detector.
     *
     * @param enabled whether it runs
     * @param thresholds by name, see {@link Thresholds}
     */
    public record Change(@Nullable Boolean enabled, Map<String, String> thresholds) {
        public Change {
            thresholds = Map.copyOf(thresholds);
        }
    }

    /**
     * The rules that follow from {@code frame} and the detectors of the catalogue when these are applied, one after the
     * other. Thresholds of a detector that contradict each other only together are not applied; the earlier stay.
     *
     * @param frame what cannot be tuned; its detectors do not matter
     */
    public static FoldRules applied(FoldRules frame, List<Tuning> layers) {
        double threshold = frame.threshold();
        double hysteresis = frame.hysteresis();
        Duration coolDown = frame.coolDown();
        for (Tuning layer : layers) {
            threshold = layer.threshold == null ? threshold : layer.threshold;
            hysteresis = layer.hysteresis == null ? hysteresis : layer.hysteresis;
            coolDown = layer.coolDown == null ? coolDown : layer.coolDown;
        }
        List<Detector<?>> detectors = new ArrayList<>();
        for (Catalogue.Entry entry : Catalogue.ALL) {
            Detector<?> detector = applied(entry, layers);
            if (detector != null) {
                detectors.add(detector);
            }
        }
        return new FoldRules(detectors, threshold, hysteresis, coolDown, frame.grace(), frame.held(), frame.tracks());
    }

    private static @Nullable Detector<?> applied(Catalogue.Entry entry, List<Tuning> layers) {
        Detector<?> detector = entry.standard();
        boolean enabled = entry.onByDefault();
        for (Tuning layer : layers) {
            Change change = layer.detectors.get(detector.name());
            if (change != null) {
                enabled = change.enabled() == null ? enabled : change.enabled();
                detector = changed(detector, change.thresholds());
            }
        }
        return enabled ? detector : null;
    }

    private static Detector<?> changed(Detector<?> detector, Map<String, String> thresholds) {
        try {
            return Thresholds.changed(detector, thresholds);
        } catch (IllegalArgumentException e) {
            return detector;
        }
    }

    /** Whether each change is possible by itself, on a detector with the thresholds of its sources. */
    private static void check(String name, Change change) {
        Catalogue.Entry entry = Catalogue.find(name);
        if (entry == null) {
            List<String> names =
                    Catalogue.ALL.stream().map(known -> known.standard().name()).toList();
            throw new IllegalArgumentException("detectors.%s: is unknown; there are %s".formatted(name, names));
        }
        try {
            var _ = Thresholds.changed(entry.standard(), change.thresholds());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("detectors.%s.%s".formatted(name, e.getMessage()), e);
        }
    }

    private static void check(boolean holds, String words) {
        if (!holds) {
            throw new IllegalArgumentException(words);
        }
    }
}
