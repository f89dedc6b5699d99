package dev.homeroom.metrics.core.suspect;

import java.time.Duration;
import java.util.Set;

/**
 * When an element is suspected.
 *
 * <p>Source: the figures are ours. On {@code programming-course}, 290 students who each work on one homework as one
 * element, at most 5 students ran into repeated errors within 10 minutes; 8 stays clear of that. No threshold for this was
 * found in the literature.
 *
 * @param students how many different students within {@code window} hold the rule; at least 2
 * @param window in event time; also how long an element must rest until a suspicion is over
 * @param exempt detectors whose episodes do not count and are not quieted: they tell what a student does, not what the app
 *     does
 */
public record SuspectRules(int students, Duration window, Set<String> exempt) {
    /** The name of this detector. */
    public static final String DETECTOR = "app-suspect";

    public SuspectRules {
        exempt = Set.copyOf(exempt);
        if (students < 2 || window.isNegative() || window.isZero() || window.compareTo(Duration.ofDays(1)) >= 0) {
            throw new IllegalArgumentException("suspect rules out of range");
        }
    }

    /** Whether episodes of that detector about that target count. */
    public boolean counts(String detector) {
        return !exempt.contains(detector);
    }

    /** The score of {@code n} students: {@code 1 - 2^(-n / students)}, so 0.5 where the rule just holds. */
    double score(int n) {
        return 1 - Math.pow(2, -(double) n / students);
    }

    String words() {
        return "%d or more students in trouble with one element within %d min".formatted(students, window.toMinutes());
    }
}
