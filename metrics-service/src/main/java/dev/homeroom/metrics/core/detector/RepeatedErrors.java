package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of errors and failed attempts on the same target (or, of events that name none, in the app) without a success.
 *
 * <p>Source: that errors in a row tell more than errors is the idea of the Error Quotient (Jadud, "Methods and Tools for
 * Exploring Novice Compilation Behaviour", ICER 2006), which correlates, weakly, with grades. The figures, 4 errors within
 * 10 minutes, are ours: the Error Quotient has no alarm threshold. The scorecard measures them.
 *
 * <p>Score of {@code n} errors: {@code 1 - 2^(-n / errors)}, so 0.5 at {@code errors}, 0.75 at twice as many. A success
 * ends the run.
 *
 * @param errors how many in a row hold the rule; 1 to 16
 * @param window how far back the run is looked at, in event time; 1 s to 24 h
 */
public record RepeatedErrors(int errors, Duration window) implements Windowed<RepeatedErrors.Run> {
    /** Our thresholds. */
    public static final RepeatedErrors STANDARD = new RepeatedErrors(4, Duration.ofMinutes(10));

    /** More errors than this in a window change nothing. */
    private static final int BOUND = 32;

    public RepeatedErrors {
        Bounds.within("errors", errors, 1, 16);
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * The errors since the last success.
     *
     * @param marks oldest first, within the window, at most 32
     */
    public record Run(List<Mark> marks) {}

    @Override
    public String name() {
        return "repeated-errors";
    }

    @Override
    public Class<Run> memory() {
        return Run.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        return event.failed() || event.succeeded() ? Subject.target(event.target()) : null;
    }

    @Override
    public Run fresh() {
        return new Run(List.of());
    }

    @Override
    public Run step(Run run, Observed event) {
        if (event.succeeded()) {
            return fresh();
        }
        Mark mark = new Mark(event.id(), event.at(), false);
        return new Run(Mark.append(run.marks(), mark, event.at().minus(window), BOUND));
    }

    @Override
    public @Nullable Signal read(Run run) {
        List<Mark> marks = run.marks();
        if (marks.isEmpty()) {
            return null;
        }
        Mark first = marks.getFirst();
        return new Signal(Scores.rising(marks.size(), errors), first.id(), first.at(), () -> evidence(marks));
    }

    private Evidence evidence(List<Mark> marks) {
        Mark first = marks.getFirst();
        Map<String, Double> values = Map.of("errors", (double) marks.size(), "seconds", (double)
                Duration.between(first.at(), marks.getLast().at()).toSeconds());
        String rule =
                "%d or more errors in a row within %d min without a success".formatted(errors, window.toMinutes());
        return new Evidence(rule, values, Mark.ids(marks));
    }
}
