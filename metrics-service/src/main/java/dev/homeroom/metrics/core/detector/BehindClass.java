package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.PeerBook;
import dev.homeroom.metrics.core.Peers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failing at an exercise that most of the class has behind it.
 *
 * <p>Source: ours, and what the scorecard found: of all rules here it tells a low grade best before the work is half done. That
 * late starters do worse is well known (Edwards et al., "Comparing Effective and Ineffective Behaviors of Student Programmers", ICER
 * 2009); this is partly that. So it says who falls behind, not who is upset.
 *
 * <p>Score: the part of those who started that had solved it by the day before, times the credit that the student's best
 * attempt still lacks. So 0.5 when half of them have solved what the student has nothing of. A success ends it. It is silent while
 * fewer than {@value Peers#FEWEST_STARTED} have started, and before the {@code attempts}-th attempt: a first try is no falling behind.
 *
 * @param attempts from which it speaks; 1 to {@value Mark#FEW}
 * @param memoryOf how long an exercise may rest before it counts anew, in event time; 1 min to 90 days
 * @param quiet how long the exercise may rest before an open episode ends, in event time; 1 s to 24 h
 */
public record BehindClass(int attempts, Duration memoryOf, Duration quiet) implements BesideClass {
    /** Our thresholds. */
    public static final BehindClass STANDARD = new BehindClass(2, PeerBook.LOOKBACK, Duration.ofMinutes(30));

    public BehindClass {
        Bounds.within("attempts", attempts, 1, Mark.FEW);
        Bounds.within("memoryOf", memoryOf, Duration.ofMinutes(1), Duration.ofDays(90));
        Bounds.within("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    @Override
    public String name() {
        return "behind-class";
    }

    @Override
    public @Nullable Signal read(TaskWork work) {
        Peers peers = work.peers();
        if (work.solved() || peers == null || work.last().size() < attempts) {
            return null;
        }
        double score = peers.solvedShare() * (1 - work.best());
        return Mark.signal(score, work.last(), () -> evidence(work, peers));
    }

    private static Evidence evidence(TaskWork work, Peers peers) {
        Map<String, Double> values = Map.of(
                "best", work.best(),
                "classStarted", (double) peers.started(),
                "classSolved", (double) peers.solved());
        String rule = "most of the class have solved what the student has little of";
        return new Evidence(rule, values, Mark.ids(work.last()));
    }
}
