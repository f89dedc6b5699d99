package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clicks on the same target to which nothing reacted. Only the app knows that: a click that says neither that it was dead
 * nor when something reacted counts for nothing.
 *
 * <p>Source: 2.5 s without a reaction are a dead click for PostHog ({@code posthog-js}, file {@code
 * dead-clicks-autocapture}: {@code mutation_threshold_ms: 2500}). That one may be a slip and the second one, within a minute,
 * is not, is our own rule; set {@code clicks} to 1 to hear of each.
 *
 * <p>Score of {@code n} dead clicks: {@code 1 - 2^(-n / clicks)}. A click on the target that something reacts to in time ends
 * the run.
 *
 * @param clicks how many hold the rule; 1 to 50
 * @param reaction how long something may take to react, exclusive; 100 ms to 1 min
 * @param window how far back clicks count, in event time; 1 s to 1 h
 */
public record DeadClicks(int clicks, Duration reaction, Duration window) implements Windowed<DeadClicks.Run> {
    /** The thresholds of the sources. */
    public static final DeadClicks STANDARD = new DeadClicks(2, Duration.ofMillis(2_500), Duration.ofMinutes(1));

    private static final int BOUND = 32;

    public DeadClicks {
        Bounds.within("clicks", clicks, 1, 50);
        Bounds.within("reaction", reaction, Duration.ofMillis(100), Duration.ofMinutes(1));
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /**
     * The dead clicks since the last one that was answered.
     *
     * @param marks oldest first, within the window, at most 32
     */
    public record Run(List<Mark> marks) {}

    @Override
    public String name() {
        return "dead-clicks";
    }

    @Override
    public Class<Run> memory() {
        return Run.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        boolean told = event.details().dead() != null || event.details().reaction() != null;
        return event.kind() == EventKind.CLICK && told ? Subject.target(event.target()) : null;
    }

    @Override
    public Run fresh() {
        return new Run(List.of());
    }

    @Override
    public Run step(Run run, Observed event) {
        if (!event.details().deadAfter(reaction)) {
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
        return new Signal(Scores.rising(marks.size(), clicks), first.id(), first.at(), () -> evidence(marks));
    }

    private Evidence evidence(List<Mark> marks) {
        String rule = "%d or more clicks within %d s to which nothing reacted in %d ms"
                .formatted(clicks, window.toSeconds(), reaction.toMillis());
        return new Evidence(rule, Map.of("clicks", (double) marks.size()), Mark.ids(marks));
    }
}
