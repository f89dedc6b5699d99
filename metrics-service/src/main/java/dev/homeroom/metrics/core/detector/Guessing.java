package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wrong answers that come too fast to have been thought about.
 *
 * <p>Source: answering faster than one can think as disengagement is Beck, "Engagement Tracing: Using Response Times to Model
 * Student Disengagement" (AIED 2005); systematic guessing is half of what Baker et al. call gaming the system ("Detecting When
 * Students Game the System", UMUAI 18, 2008). That less than 6 s is too fast is the product's own rule; three in a row are ours.
 *
 * <p>An attempt is a guess when it is wrong and came within {@code thought} of the last thing the student did on the target;
 * where the app tells how long the attempt took, that counts. Score of {@code n} guesses in a row: {@code 1 - 2^(-n / guesses)}, so 0.5 at
 * {@code guesses}. A right attempt, or one that took its time, ends the run.
 *
 * @param guesses how many hold the rule; 1 to 16
 * @param thought how long an attempt takes at least; 100 ms to 60 s
 * @param window how far back the run is looked at, in event time; an open episode ends after as long a rest; 1 s to 24 h
 */
public record Guessing(int guesses, Duration thought, Duration window) implements Windowed<Guessing.Run> {
    /** The product's 6 s, three times. */
    public static final Guessing STANDARD = new Guessing(3, Duration.ofSeconds(6), Duration.ofMinutes(10));

    /** More guesses than this in a window change nothing. */
    private static final int BOUND = 32;

    public Guessing {
        Bounds.within("guesses", guesses, 1, 16);
        Bounds.within("thought", thought, Duration.ofMillis(100), Duration.ofMinutes(1));
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * The guesses since an attempt that was none.
     *
     * @param marks oldest first, at most 32
     * @param at when the student last did something on the target
     */
    public record Run(List<Mark> marks, @Nullable Instant at) {}

    @Override
    public String name() {
        return "guessing";
    }

    @Override
    public Class<Run> memory() {
        return Run.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        boolean concerned = event.judged()
                || switch (event.kind()) {
                    case HINT, NAVIGATION, FOCUS -> event.target() != null;
                    default -> false;
                };
        return concerned ? Subject.target(event.target()) : null;
    }

    @Override
    public Run fresh() {
        return new Run(List.of(), null);
    }

    @Override
    public Run step(Run seen, Observed event) {
        if (!event.judged()) {
            return new Run(seen.marks(), event.at());
        }
        if (!event.failed() || !fast(seen, event)) {
            return new Run(List.of(), event.at());
        }
        Mark mark = new Mark(event.id(), event.at(), false);
        return new Run(Mark.append(seen.marks(), mark, event.at().minus(window), BOUND), event.at());
    }

    private boolean fast(Run seen, Observed event) {
        Duration took = event.details().duration();
        if (took != null) {
            return took.compareTo(thought) < 0;
        }
        Instant before = seen.at();
        return before != null && Duration.between(before, event.at()).compareTo(thought) < 0;
    }

    @Override
    public @Nullable Signal read(Run seen) {
        List<Mark> marks = seen.marks();
        if (marks.isEmpty()) {
            return null;
        }
        Mark first = marks.getFirst();
        return new Signal(Scores.rising(marks.size(), guesses), first.id(), first.at(), () -> evidence(marks));
    }

    private Evidence evidence(List<Mark> marks) {
        Mark first = marks.getFirst();
        Map<String, Double> values = Map.of("guesses", (double) marks.size(), "seconds", (double)
                Duration.between(first.at(), marks.getLast().at()).toSeconds());
        String rule = "%d or more wrong attempts in a row after less than %d s of thought each"
                .formatted(guesses, thought.toSeconds());
        return new Evidence(rule, values, Mark.ids(marks));
    }
}
