package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A detector that looks back for a window: what is older counts for nothing, so a subject that rests as long is calm and as good
 * as new.
 */
interface Windowed<M extends Record> extends Detector<M> {
    /** How far it looks back, in event time. */
    Duration window();

    @Override
    default Duration quiet() {
        return window();
    }

    @Override
    default Duration remembers() {
        return window();
    }

    /**
     * What these marks say where their number alone does: {@code 1 - 2^(-n / enough)}; null when there are none.
     *
     * @param marks within the window, oldest first
     * @param what of the figure in the evidence
     * @param enough hold the rule
     * @param rule in words, asked for only when it is told
     */
    static @Nullable Signal counted(List<Mark> marks, String what, int enough, Supplier<String> rule) {
        if (marks.isEmpty()) {
            return null;
        }
        Mark first = marks.getFirst();
        return new Signal(Scores.rising(marks.size(), enough), first.id(), first.at(), () -> {
            double seconds = Duration.between(first.at(), marks.getLast().at()).toSeconds();
            Map<String, Double> values = Map.of(what, (double) marks.size(), "seconds", seconds);
            return new Evidence(rule.get(), values, Mark.ids(marks));
        });
    }
}
