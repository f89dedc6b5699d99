package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.PeerBook;
import dev.homeroom.metrics.core.Peers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * More time on an exercise without success than nine in ten of the class needed to solve it.
 *
 * <p>Source: unusual time on task is one of the oldest features of affect and disengagement detectors, always relative to others
 * on the same item (standardised per problem step in Baker, Corbett and Koedinger, "Detecting Student Misuse of Intelligent
 * Tutoring Systems", ITS 2004). The ninth decile is ours: it is the outlier of a class of ten.
 *
 * <p>Score after {@code t} on task, with {@code slow} the ninth decile of those who solved it by the day before:
 * {@code 1 - 2^(-t / slow)}, so 0.5 at {@code slow}, 0.75 at twice as long. A success ends it. It is silent while fewer than
 * {@value Peers#FEWEST_SOLVED} have solved the exercise. How time is counted: {@link PeerBook}.
 *
 * @param least a shorter {@code slow} counts as this long: to need a minute where others need ten seconds is no outlier; 1 s to
 *     24 h
 * @param memoryOf how long an exercise may rest before it counts anew, in event time; 1 min to 90 days
 * @param quiet how long the exercise may rest before an open episode ends, in event time; 1 s to 24 h
 */
public record TimeOnTask(Duration least, Duration memoryOf, Duration quiet) implements BesideClass {
    /** Our thresholds. */
    public static final TimeOnTask STANDARD =
            new TimeOnTask(Duration.ofMinutes(2), PeerBook.LOOKBACK, Duration.ofMinutes(30));

    public TimeOnTask {
        Bounds.within("least", least, Duration.ofSeconds(1), Duration.ofHours(24));
        Bounds.within("memoryOf", memoryOf, Duration.ofMinutes(1), Duration.ofDays(90));
        Bounds.within("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    @Override
    public String name() {
        return "time-on-task";
    }

    @Override
    public @Nullable Signal read(TaskWork work) {
        Peers peers = work.peers();
        if (work.solved() || peers == null) {
            return null;
        }
        Duration known = peers.slow();
        if (known == null || peers.solved() < Peers.FEWEST_SOLVED) {
            return null;
        }
        Duration slow = known.compareTo(least) < 0 ? least : known;
        double score = Scores.rising((double) work.time().toMillis(), (double) slow.toMillis());
        return Mark.signal(score, work.last(), () -> evidence(work, peers, slow));
    }

    private static Evidence evidence(TaskWork work, Peers peers, Duration slow) {
        Map<String, Double> values = Map.of(
                "seconds", (double) work.time().toSeconds(),
                "classSeconds", (double) slow.toSeconds(),
                "classSolved", (double) peers.solved());
        String rule = "longer on an exercise than nine in ten of the class who solved it";
        return new Evidence(rule, values, Mark.ids(work.last()));
    }
}
