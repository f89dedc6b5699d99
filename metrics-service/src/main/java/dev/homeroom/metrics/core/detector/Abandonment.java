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
 * Work left unfinished: after failed tries and without a success nothing more happens to a target, whether the student
 * turned to something else or left.
 *
 * <p>Source: giving up after failures is what stopping early means in research on perseverance (wheel-spinners fail to
 * master a skill, others stop before it can be told: Beck and Gong, AIED 2013, call those indeterminate). The figures, 4
 * failures and 10 minutes, are ours. The scorecard measures them.
 *
 * <p>Score of {@code n} failures since the last success: {@code 1 - 2^(-n / failures)}, once the target rests. Coming back ends
 * it.
 *
 * @param failures how many hold the rule; 1 to 16
 * @param after how long nothing happens to the target, in event time; 10 s to 24 h
 * @param quiet after how long the episode ends if the student does not come back; longer than {@code after}, up to 7 days
 */
public record Abandonment(int failures, Duration after, Duration quiet) implements Detector<Abandonment.Tries> {
    /** Our thresholds. */
    public static final Abandonment STANDARD = new Abandonment(4, Duration.ofMinutes(10), Duration.ofHours(2));

    private static final int BOUND = 32;

    public Abandonment {
        Bounds.within("failures", failures, 1, 16);
        Bounds.within("after", after, Duration.ofSeconds(10), Duration.ofHours(24));
        Bounds.within("quiet", quiet, after.plusMillis(1), Duration.ofDays(7));
    }

    /**
     * The failures since the last success.
     *
     * @param marks oldest first, of the last 24 h, at most 32
     */
    public record Tries(List<Mark> marks) {}

    @Override
    public String name() {
        return "abandonment";
    }

    @Override
    public Class<Tries> memory() {
        return Tries.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        boolean work = event.failed() || event.attempt() || event.kind() == EventKind.HINT;
        return work && event.target() != null ? Subject.target(event.target()) : null;
    }

    @Override
    public Tries fresh() {
        return new Tries(List.of());
    }

    @Override
    public Tries step(Tries tries, Observed event) {
        if (event.succeeded()) {
            return fresh();
        }
        Mark mark = new Mark(event.id(), event.at(), false);
        return event.failed()
                ? new Tries(Mark.append(tries.marks(), mark, event.at().minus(Duration.ofHours(24)), BOUND))
                : tries;
    }

    @Override
    public @Nullable Signal read(Tries tries) {
        return null;
    }

    @Override
    public List<Duration> rests() {
        return List.of(after);
    }

    @Override
    public @Nullable Signal silent(Tries tries, Duration rest) {
        List<Mark> marks = tries.marks();
        if (marks.isEmpty()) {
            return null;
        }
        Mark last = marks.getLast();
        return new Signal(Scores.rising(marks.size(), failures), last.id(), last.at(), () -> evidence(marks, rest));
    }

    private Evidence evidence(List<Mark> marks, Duration rest) {
        Map<String, Double> values = Map.of("failures", (double) marks.size(), "seconds", (double) rest.toSeconds());
        String rule =
                "%d or more failures without a success, then nothing for %d s".formatted(failures, after.toSeconds());
        return new Evidence(rule, values, Mark.ids(marks));
    }

    @Override
    public Duration remembers() {
        return quiet;
    }
}
