package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many errors and failed attempts in a short time, wherever in the app: somebody tries at random, or the app is broken.
 * Successes in between do not end it; {@link RepeatedErrors} is the rule about those.
 *
 * <p>Source: our own figures, 6 within a minute; no source we know of gives one. The scorecard measures them.
 *
 * <p>Score of {@code n} errors within the window: {@code 1 - 2^(-n / errors)}.
 *
 * @param errors how many hold the rule; 2 to 60
 * @param window within how long, in event time; 1 s to 1 h
 */
public record ErrorBurst(int errors, Duration window) implements Windowed<ErrorBurst.Burst> {
    /** Our thresholds. */
    public static final ErrorBurst STANDARD = new ErrorBurst(6, Duration.ofMinutes(1));

    private static final int BOUND = 120;

    public ErrorBurst {
        Bounds.within("errors", errors, 2, 60);
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /**
     * The errors within the window.
     *
     * @param marks oldest first, at most 120
     */
    public record Burst(List<Mark> marks) {}

    @Override
    public String name() {
        return "error-burst";
    }

    @Override
    public Class<Burst> memory() {
        return Burst.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        return event.failed() ? Subject.APP : null;
    }

    @Override
    public Burst fresh() {
        return new Burst(List.of());
    }

    @Override
    public Burst step(Burst burst, Observed event) {
        Mark mark = new Mark(event.id(), event.at(), false);
        return new Burst(Mark.append(burst.marks(), mark, event.at().minus(window), Math.min(BOUND, 4 * errors)));
    }

    @Override
    public @Nullable Signal read(Burst burst) {
        return Windowed.counted(burst.marks(), "errors", errors, this::rule);
    }

    private String rule() {
        return "%d or more errors within %d s".formatted(errors, window.toSeconds());
    }
}
