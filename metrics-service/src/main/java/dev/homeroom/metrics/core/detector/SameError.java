package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The same error on the same target again and again: what is tried does not touch the cause. Which errors are the same is
 * told by {@link dev.homeroom.metrics.core.Details#error}; errors that do not say what they are count for nothing.
 *
 * <p>Source: that the same error several times consecutively tells more than errors do is the idea of the Repeated Error
 * Density (Becker, "A New Metric to Quantify Repeated Compiler Errors for Novice Programmers", ITiCSE 2016) and of the part
 * of the Error Quotient that weighs repeated types (Jadud, ICER 2006). The figures, 3 within 10 minutes, are ours.
 *
 * <p>Score of {@code n} times: {@code 1 - 2^(-n / times)}. Another error or a success ends the run.
 *
 * @param times how many in a row hold the rule; 2 to 16
 * @param window how far back the run is looked at, in event time; 1 s to 24 h
 */
public record SameError(int times, Duration window) implements Windowed<SameError.Run> {
    /** Our thresholds. */
    public static final SameError STANDARD = new SameError(3, Duration.ofMinutes(10));

    private static final int BOUND = 32;

    public SameError {
        Bounds.within("times", times, 2, 16);
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * The last errors, all the same.
     *
     * @param error their hash; null before the first
     * @param marks oldest first, within the window, at most 32
     */
    public record Run(@Nullable String error, List<Mark> marks) {}

    @Override
    public String name() {
        return "same-error";
    }

    @Override
    public Class<Run> memory() {
        return Run.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        boolean error = event.failed() && event.details().error() != null;
        return error || event.succeeded() ? Subject.target(event.target()) : null;
    }

    @Override
    public Run fresh() {
        return new Run(null, List.of());
    }

    @Override
    public Run step(Run run, Observed event) {
        if (event.succeeded()) {
            return fresh();
        }
        String error = event.details().error();
        Mark mark = new Mark(event.id(), event.at(), false);
        List<Mark> before = Objects.equals(run.error(), error) ? run.marks() : List.of();
        return new Run(error, Mark.append(before, mark, event.at().minus(window), BOUND));
    }

    @Override
    public @Nullable Signal read(Run run) {
        return Windowed.counted(run.marks(), "times", times, this::rule);
    }

    private String rule() {
        return "the same error %d or more times in a row within %d s".formatted(times, window.toSeconds());
    }
}
