package dev.homeroom.metrics.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a class got on with each exercise, from its attempts: the judged attempts and submissions that name one.
 *
 * <p>What is compared with is always that of the day before ({@link #cutoff}), never what happens to have arrived: so the same
 * events give the same episodes in whatever order the events of several students come. PostgreSQL computes the same
 * ({@code metrics.peers_of_day}); a test holds both together.
 *
 * <p>Time on task is the time between a student's attempts on the exercise up to the first success, each pause counted with
 * at most {@link #LONGEST_PAUSE}: longer ones are taken for a break.
 */
public final class PeerBook {
    /** Attempts from before this long are forgotten. */
    public static final Duration LOOKBACK = Duration.ofDays(14);

    /** A longer pause between two attempts counts as this long. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** How long before midnight (UTC) a day's book is closed: what is on its way at midnight must not matter. */
    public static final Duration CLOSING = Duration.ofHours(1);

    private static final double MOST = 0.9;

    private PeerBook() {}

    /**
     * An attempt of somebody of the class.
     *
     * @param student whose
     * @param event judged, with a target
     */
    public record Attempt(String student, Observed event) {}

    /** Up to when events count for what an event at {@code at} is compared with. */
    public static Instant cutoff(Instant at) {
        return at.truncatedTo(ChronoUnit.DAYS).minus(CLOSING);
    }

    /** The figures of each exercise by the attempts of the {@link #LOOKBACK} before {@code cutoff}; others are passed over. */
    public static Map<String, Peers> asOf(Instant cutoff, Collection<Attempt> attempts) {
        Map<String, Map<String, List<Observed>>> work = new TreeMap<>();
        for (Attempt attempt : attempts) {
            Observed event = attempt.event();
            String target = event.target();
            if (target != null
                    && event.judged()
                    && event.at().isBefore(cutoff)
                    && !event.at().isBefore(cutoff.minus(LOOKBACK))) {
                work.computeIfAbsent(target, _ -> new HashMap<>())
                        .computeIfAbsent(attempt.student(), _ -> new ArrayList<>())
                        .add(event);
            }
        }
        return work.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> peers(entry.getValue().values()), (one, _) -> one, TreeMap::new));
    }

    private static Peers peers(Collection<List<Observed>> students) {
        List<Duration> times = new ArrayList<>();
        for (List<Observed> attempts : students) {
            Duration time = timeToSuccess(attempts);
            if (time != null) {
                times.add(time);
            }
        }
        times.sort(Duration::compareTo);
        Duration slow = times.isEmpty() ? null : times.get((int) Math.ceil(MOST * times.size()) - 1);
        return new Peers(students.size(), times.size(), slow);
    }

    private static @Nullable Duration timeToSuccess(List<Observed> attempts) {
        attempts.sort(Observed.ORDER);
        Duration time = Duration.ZERO;
        Instant before = null;
        for (Observed attempt : attempts) {
            time = time.plus(before == null ? Duration.ZERO : pause(before, attempt.at()));
            if (attempt.succeeded()) {
                return time;
            }
            before = attempt.at();
        }
        return null;
    }

    /** What the time between two attempts counts for. */
    public static Duration pause(Instant before, Instant next) {
        Duration pause = Duration.between(before, next);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
