package dev.homeroom.metrics.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * When an element is suspected.
 *
 * <p>Source: the figures are ours. On {@code programming-course}, 290 students who each work on one homework as one
 * element, at most 5 students ran into repeated errors within 10 minutes; 8 stays clear of that. No threshold for this was
 * found in the literature.
 *
 * <p>At scale 8 students in trouble are an ordinary minute: of 2,000 at one exercise so many fail four times in a row while nothing
 * is broken. So they must also be a {@code share} of those who had any event about the element: 1 in 5, ours as well.
 * A suspicion ends when they are less than half of that.
 *
 * @param students how many different students within {@code window} hold the rule; at least 2
 * @param share which part of the students active at the element they must be, 0 to 1; 0 asks for none. Active is who had an
 *     event about it within the window, taken to whole halves of it
 * @param window in event time; also how long an element must rest until a suspicion is over
 * @param exempt detectors whose episodes do not count and are not quieted: they tell what a student does, not what the app
 *     does
 */
public record SuspectRules(int students, double share, Duration window, Set<String> exempt) {
    /** The name of this detector. */
    public static final String DETECTOR = "app-suspect";

    public SuspectRules {
        exempt = Set.copyOf(exempt);
        if (students < 2
                || !(share >= 0 && share <= 1)
                || window.isNegative()
                || window.isZero()
                || window.compareTo(Duration.ofDays(1)) >= 0) {
            throw new IllegalArgumentException("suspect rules out of range");
        }
    }

    /** Whether episodes of that detector about that target count. */
    public boolean counts(String detector) {
        return !exempt.contains(detector);
    }

    /** Whether {@code n} students in trouble at that time are enough of those active to begin a suspicion. */
    boolean begins(int n, Instant at, Activity activity) {
        return n >= students && isShare(n, share, at, activity);
    }

    /** Whether {@code n} students in trouble at that time are enough of those active to go on with one. */
    boolean lasts(int n, Instant at, Activity activity) {
        return isShare(n, share / 2, at, activity);
    }

    private boolean isShare(int n, double part, Instant at, Activity activity) {
        if (part == 0) {
            return true;
        }
        // Whole halves, so that one look asks few questions; they hold the window and up to half of it more.
        long half = Math.max(1, window.toMillis() / 2);
        Instant to = Instant.ofEpochMilli((Math.floorDiv(at.toEpochMilli(), half) + 1) * half);
        // Against rounding: 8 of 40 are a fifth.
        int most = (int) Math.min(Integer.MAX_VALUE, Math.floor(n / part + 1e-9));
        return !activity.moreThan(most, to.minusMillis(3 * half), to);
    }

    /** The score of {@code n} students: {@code 1 - 2^(-n / students)}, so 0.5 where the rule just holds. */
    double score(int n) {
        return 1 - Math.pow(2, -(double) n / students);
    }

    String words() {
        return "%d or more students, and %d %% of those active, in trouble with one element within %d min"
                .formatted(students, Math.round(100 * share), window.toMinutes());
    }
}
