package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A skill that, by Bayesian knowledge tracing, is still not learnt after many attempts.
 *
 * <p>Source: the model is that of Corbett and Anderson, "Knowledge Tracing: Modeling the Acquisition of Procedural Knowledge"
 * (UMUAI 4, 1995). An attempt of partial credit {@code c} moves the belief {@code c} of the way as a right one and {@code 1 - c} as a
 * wrong one does, after the fractional credit of Ostrow et al., "Improving Student Modeling Through Partial Credit and Problem
 * Difficulty" (L@S 2015). The parameters are ours, fitted to nothing: they keep guess and slip within the bounds of 0.3
 * and 0.1 that Cognitive Tutors use (Baker, Corbett and Aleven, ITS 2008). Below {@code known} a skill counts as not learnt.
 *
 * <p>Score with belief {@code p} after {@code n} attempts: {@code 0.5 + 0.5 × (known - p) / known} below {@code known}, from there
 * falling to 0 at 1; times {@code n / attempts} while that is below 1, since a prior is no evidence. So 0.5 at {@code known}.
 *
 * @param initial that the skill is known before the first attempt; 0.01 to 0.9
 * @param learnt that an attempt teaches it; 0 to 0.5
 * @param guess that somebody who does not know it is right; 0.01 to 0.45
 * @param slip that somebody who knows it is wrong; 0.01 to 0.45
 * @param known the belief below which the skill is not learnt; 0.1 to 0.99
 * @param attempts how many give full weight; 1 to 1000
 * @param memoryOf how long a skill may rest before it counts anew, in event time; 1 min to 90 days
 * @param quiet how long the skill may rest before an open episode ends, in event time; 1 s to 24 h
 */
public record KnowledgeTracing(
        double initial,
        double learnt,
        double guess,
        double slip,
        double known,
        int attempts,
        Duration memoryOf,
        Duration quiet)
        implements Practising<KnowledgeTracing.Belief> {
    /** Our parameters, with the product's bound. */
    public static final KnowledgeTracing STANDARD =
            new KnowledgeTracing(0.3, 0.1, 0.2, 0.1, 0.8, 10, Duration.ofDays(30), Duration.ofMinutes(30));

    /** A belief of 1 could never change again. */
    private static final double MOST_CERTAIN = 0.999;

    public KnowledgeTracing {
        Bounds.within("initial", initial, 0.01, 0.9);
        Bounds.within("learnt", learnt, 0, 0.5);
        Bounds.within("guess", guess, 0.01, 0.45);
        Bounds.within("slip", slip, 0.01, 0.45);
        Bounds.within("known", known, 0.1, 0.99);
        Bounds.within("attempts", attempts, 1, 1_000);
        Bounds.within("memoryOf", memoryOf, Duration.ofMinutes(1), Duration.ofDays(90));
        Bounds.within("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * What is believed of the skill.
     *
     * @param p that it is known, 0 to 1
     * @param attempts so far
     * @param last the latest attempts, oldest first, at most {@value Mark#FEW}
     */
    public record Belief(double p, int attempts, List<Mark> last) {}

    @Override
    public String name() {
        return "knowledge-tracing";
    }

    @Override
    public Class<Belief> memory() {
        return Belief.class;
    }

    @Override
    public Belief fresh() {
        return new Belief(initial, 0, List.of());
    }

    @Override
    public Belief step(Belief seen, Observed event) {
        Mark mark = new Mark(event.id(), event.at(), event.succeeded());
        return new Belief(learning(seen.p(), event.credit()), seen.attempts() + 1, Mark.few(seen.last(), mark));
    }

    /** The belief after an attempt of that credit, 0 to 1: first what it shows, then what it teaches. */
    double learning(double p, double credit) {
        double right = p * (1 - slip) / (p * (1 - slip) + (1 - p) * guess);
        double wrong = p * slip / (p * slip + (1 - p) * (1 - guess));
        double seen = credit * right + (1 - credit) * wrong;
        return Math.min(MOST_CERTAIN, seen + (1 - seen) * learnt);
    }

    @Override
    public @Nullable Signal read(Belief seen) {
        if (seen.last().isEmpty()) {
            return null;
        }
        double p = seen.p();
        double doubt = p < known ? 0.5 + 0.5 * (known - p) / known : 0.5 * (1 - p) / (1 - known);
        double score = doubt * Math.min(1, (double) seen.attempts() / attempts);
        return Mark.signal(score, seen.last(), () -> evidence(seen));
    }

    private Evidence evidence(Belief seen) {
        Map<String, Double> values = Map.of("known", seen.p(), "attempts", (double) seen.attempts());
        String rule = "a skill known with a probability below %s after %d attempts".formatted(known, attempts);
        return new Evidence(rule, values, Mark.ids(seen.last()));
    }

    /** What was learnt stays learnt; to speak again takes new evidence. */
    @Override
    public Belief after(Belief seen) {
        return new Belief(seen.p(), 0, List.of());
    }
}
