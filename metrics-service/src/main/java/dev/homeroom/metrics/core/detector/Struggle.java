package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Few of the last attempts on a skill were right.
 *
 * <p>Source: ten opportunities are the horizon of wheel-spinning research (Beck and Gong, "Wheel-Spinning: Students Who
 * Fail to Master a Skill", AIED 2013: who has not mastered a skill by then mostly never does). That three right ones of
 * them are too few is the product's own rule; the scorecard measures it.
 *
 * <p>Score with {@code c} right ones: {@code 1 - c / (2 × mostRight)}, at least 0: so 0.5 at {@code mostRight}, 1 when all
 * were wrong. It speaks only of a full window.
 *
 * @param attempts the length of the window; 2 to 50
 * @param mostRight at most how many right ones hold the rule; at least 1, at most the window
 * @param memoryOf how long an attempt counts, in event time; 1 min to 30 days
 * @param quiet how long the skill may rest before an open episode ends, in event time; 1 s to 24 h
 */
public record Struggle(int attempts, int mostRight, Duration memoryOf, Duration quiet)
        implements Detector<Struggle.Attempts> {
    /** The product's thresholds. */
    public static final Struggle STANDARD = new Struggle(10, 3, Duration.ofHours(24), Duration.ofMinutes(30));

    public Struggle {
        Bounds.within("attempts", attempts, 2, 50);
        Bounds.within("mostRight", mostRight, 1, attempts);
        Bounds.within("memoryOf", memoryOf, Duration.ofMinutes(1), Duration.ofDays(30));
        Bounds.within("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * The last attempts on the skill.
     *
     * @param marks oldest first, at most as many as the window
     */
    public record Attempts(List<Mark> marks) {}

    @Override
    public String name() {
        return "struggle";
    }

    @Override
    public Class<Attempts> memory() {
        return Attempts.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        String skill = event.skill();
        return skill != null && event.attempt() && event.success() != null ? Subject.skill(skill) : null;
    }

    @Override
    public Attempts fresh() {
        return new Attempts(List.of());
    }

    @Override
    public Attempts step(Attempts seen, Observed event) {
        Mark mark = new Mark(event.id(), event.at(), event.succeeded());
        return new Attempts(Mark.append(seen.marks(), mark, event.at().minus(memoryOf), attempts));
    }

    @Override
    public @Nullable Signal read(Attempts seen) {
        List<Mark> marks = seen.marks();
        if (marks.size() < attempts) {
            return null;
        }
        long right = marks.stream().filter(Mark::success).count();
        double score = Math.max(0, 1 - right / (2.0 * mostRight));
        Mark first = marks.getFirst();
        return new Signal(score, first.id(), first.at(), () -> evidence(marks, right));
    }

    private Evidence evidence(List<Mark> marks, long right) {
        Map<String, Double> values = Map.of("right", (double) right, "attempts", (double) marks.size());
        String rule = "at most %d of the last %d attempts on a skill right".formatted(mostRight, attempts);
        return new Evidence(rule, values, Mark.ids(marks));
    }

    @Override
    public Duration remembers() {
        return memoryOf;
    }
}
