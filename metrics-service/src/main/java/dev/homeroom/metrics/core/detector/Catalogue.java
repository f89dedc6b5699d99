package dev.homeroom.metrics.core.detector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All detectors there are. Each is a record whose components are its thresholds, checked by its constructor. */
public final class Catalogue {
    /**
     * A detector of the catalogue.
     *
     * @param standard with the thresholds of its sources
     * @param onByDefault whether it runs unless it is switched off
     */
    public record Entry(Detector<?> standard, boolean onByDefault) {}

    /** In the order in which they look at an event, which matters to nothing but the order of what they tell. */
    public static final List<Entry> ALL = List.of(
            new Entry(RepeatedErrors.STANDARD, true),
            new Entry(SameError.STANDARD, true),
            new Entry(ErrorBurst.STANDARD, true),
            new Entry(Struggle.STANDARD, true),
            new Entry(WheelSpinning.STANDARD, true),
            new Entry(KnowledgeTracing.STANDARD, true),
            new Entry(HintAbuse.STANDARD, true),
            new Entry(Guessing.STANDARD, true),
            new Entry(TimeOnTask.STANDARD, true),
            new Entry(BehindClass.STANDARD, true),
            new Entry(RageClicks.STANDARD, true),
            new Entry(DeadClicks.STANDARD, true),
            new Entry(Idle.STANDARD, true),
            new Entry(Abandonment.STANDARD, true),
            new Entry(BackAndForth.STANDARD, false));

    private Catalogue() {}

    /** The detector of that name, if there is one. */
    public static @Nullable Entry find(String name) {
        for (Entry entry : ALL) {
            if (entry.standard().name().equals(name)) {
                return entry;
            }
        }
        return null;
    }
}
