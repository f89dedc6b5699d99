package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hints that are clicked through without being read, on the way to the one that gives the answer away.
 *
 * <p>Source: help abuse as in Aleven, McLaren, Roll and Koedinger, "Toward Meta-cognitive Tutoring: A Model of Help Seeking with a
 * Cognitive Tutor" (IJAIED 16, 2006), who found it in many of the actions of students and tied to poorer learning. That a hint
 * in less than 4 s is not read is the product's own rule; three such hints are ours.
 *
 * <p>A hint is rushed when the one before on the same target was left for it within {@code read}; where the app tells how long a hint
 * was open, that counts. A rushed hint that gives the answer away counts twice. Score of {@code n} rushed ones in a row, on the skill
 * or, without one, in the app: {@code 1 - 2^(-n / hints)}, so 0.5 at {@code hints}. A hint that is read ends the run.
 *
 * @param hints how many rushed ones hold the rule; 1 to 16
 * @param read how long reading a hint takes at least; 100 ms to 60 s
 * @param window how far back the run is looked at, in event time; an open episode ends after as long a rest; 1 s to 24 h
 */
public record HintAbuse(int hints, Duration read, Duration window) implements Windowed<HintAbuse.Rush> {
    /** The product's 4 s, three times. */
    public static final HintAbuse STANDARD = new HintAbuse(3, Duration.ofSeconds(4), Duration.ofMinutes(10));

    /** More rushed hints than this in a window change nothing. */
    private static final int BOUND = 32;

    public HintAbuse {
        Bounds.within("hints", hints, 1, 16);
        Bounds.within("read", read, Duration.ofMillis(100), Duration.ofMinutes(1));
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * The rushed hints since one was read.
     *
     * @param marks oldest first, at most 32; {@code success} is whether it gave the answer away
     * @param target of the latest hint
     * @param at of the latest hint
     */
    public record Rush(
            List<Mark> marks,
            @Nullable String target,
            @Nullable Instant at) {}

    @Override
    public String name() {
        return "hint-abuse";
    }

    @Override
    public Class<Rush> memory() {
        return Rush.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        if (event.kind() != EventKind.HINT) {
            return null;
        }
        String skill = event.skill();
        return skill == null ? Subject.APP : Subject.skill(skill);
    }

    @Override
    public Rush fresh() {
        return new Rush(List.of(), null, null);
    }

    @Override
    public Rush step(Rush seen, Observed event) {
        if (rushed(seen, event)) {
            Mark mark = new Mark(event.id(), event.at(), event.details().givesAnswer());
            return new Rush(
                    Mark.append(seen.marks(), mark, event.at().minus(window), BOUND), event.target(), event.at());
        }
        boolean another = !Objects.equals(seen.target(), event.target());
        return new Rush(another ? seen.marks() : List.of(), event.target(), event.at());
    }

    private boolean rushed(Rush seen, Observed event) {
        Duration open = event.details().duration();
        if (open != null) {
            return open.compareTo(read) < 0;
        }
        Instant before = seen.at();
        return before != null
                && Objects.equals(seen.target(), event.target())
                && Duration.between(before, event.at()).compareTo(read) < 0;
    }

    @Override
    public @Nullable Signal read(Rush seen) {
        List<Mark> marks = seen.marks();
        if (marks.isEmpty()) {
            return null;
        }
        long answers = marks.stream().filter(Mark::success).count();
        double score = Scores.rising((double) (marks.size() + answers), hints);
        Mark first = marks.getFirst();
        return new Signal(score, first.id(), first.at(), () -> evidence(marks, answers));
    }

    private Evidence evidence(List<Mark> marks, long answers) {
        Map<String, Double> values = Map.of("rushed", (double) marks.size(), "answers", (double) answers);
        String rule = "%d or more hints in a row read for less than %d s; one that gives the answer counts twice"
                .formatted(hints, read.toSeconds());
        return new Evidence(rule, values, Mark.ids(marks));
    }
}
