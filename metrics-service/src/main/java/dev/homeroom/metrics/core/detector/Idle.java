package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A student who was busy in the app does nothing any more. Silence means that only where an app tells what students do all
 * the time, so it is read only after a busy stretch, or when the app itself says that the student is idle: an app that
 * reports a submission now and then does not make its students idle in between.
 *
 * <p>Source: the steps 20 s, 2 min and 5 min are the product's own rule, and so is what counts as busy, 10 events within 2
 * minutes. Research uses limits between 80 s (off-task behaviour in a tutor: Baker, "Modeling and Understanding Students'
 * Off-Task Behavior in Intelligent Tutoring Systems", CHI 2007) and several minutes.
 *
 * <p>Score: 0.3 from the first step, which is below the usual threshold, 0.5 from the second, 0.75 from the third. Whatever
 * the student does ends it.
 *
 * @param first step; 1 s to 1 h
 * @param second step; longer than the first, up to 4 h
 * @param third step; longer than the second, up to 8 h
 * @param busy how many events make a busy stretch; 1 to 20
 * @param within how long a busy stretch is at most, in event time; 1 s to 1 h
 * @param quiet after how long the student has left, rather than being idle; longer than the third step, up to 24 h
 */
public record Idle(Duration first, Duration second, Duration third, int busy, Duration within, Duration quiet)
        implements Detector<Idle.Activity> {
    /** Our thresholds. */
    public static final Idle STANDARD = new Idle(
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            10,
            Duration.ofMinutes(2),
            Duration.ofMinutes(30));

    public Idle {
        Bounds.within("first", first, Duration.ofSeconds(1), Duration.ofHours(1));
        Bounds.within("second", second, first.plusMillis(1), Duration.ofHours(4));
        Bounds.within("third", third, second.plusMillis(1), Duration.ofHours(8));
        Bounds.within("busy", busy, 1, 20);
        Bounds.within("within", within, Duration.ofSeconds(1), Duration.ofHours(1));
        Bounds.within("quiet", quiet, third.plusMillis(1), Duration.ofHours(24));
    }

    /**
     * The last things the student did.
     *
     * @param times event times in milliseconds since 1970, oldest first, at most as many as make a busy stretch
     * @param last the latest thing done, or, before any, the app's first word that the student is idle
     * @param since event time of {@code last}
     * @param told how long after {@code since} the app said that the student is idle; zero when it did not
     */
    public record Activity(List<Long> times, @Nullable UUID last, Instant since, Duration told) {}

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Class<Activity> memory() {
        return Activity.class;
    }

    @Override
    public Subject subject(Observed event) {
        return Subject.APP;
    }

    @Override
    public Activity fresh() {
        return new Activity(List.of(), null, Instant.EPOCH, Duration.ZERO);
    }

    @Override
    public Activity step(Activity seen, Observed event) {
        if (event.kind() == EventKind.IDLE) {
            return idle(seen, event);
        }
        int from = Math.max(0, seen.times().size() + 1 - busy);
        List<Long> times =
                new ArrayList<>(seen.times().subList(from, seen.times().size()));
        times.add(event.at().toEpochMilli());
        return new Activity(List.copyOf(times), event.id(), event.at(), Duration.ZERO);
    }

    private static Activity idle(Activity seen, Observed event) {
        Duration lasted = event.details().duration();
        if (seen.last() == null) {
            Duration told = lasted == null ? Duration.ZERO : lasted;
            return new Activity(List.of(), event.id(), event.at().minus(told), told);
        }
        return new Activity(seen.times(), seen.last(), seen.since(), Duration.between(seen.since(), event.at()));
    }

    @Override
    public @Nullable Signal read(Activity seen) {
        return seen.told().isZero() ? null : signal(seen, seen.told());
    }

    @Override
    public List<Duration> rests() {
        return List.of(first, second, third);
    }

    @Override
    public @Nullable Signal silent(Activity seen, Duration rest) {
        boolean wasBusy = seen.times().size() >= busy
                && seen.times().getLast() - seen.times().getFirst() <= within.toMillis();
        return wasBusy || !seen.told().isZero() ? signal(seen, seen.told().plus(rest)) : null;
    }

    private @Nullable Signal signal(Activity seen, Duration idle) {
        UUID last = seen.last();
        if (last == null || idle.compareTo(first) < 0) {
            return null;
        }
        double score = idle.compareTo(third) >= 0 ? 0.75 : idle.compareTo(second) >= 0 ? 0.5 : 0.3;
        return new Signal(score, last, seen.since(), () -> evidence(last, idle));
    }

    private Evidence evidence(UUID last, Duration idle) {
        String rule = "nothing done for %d s, %d s or %d s after being busy"
                .formatted(first.toSeconds(), second.toSeconds(), third.toSeconds());
        Map<String, Double> values = Map.of("seconds", idle.toMillis() / 1000.0);
        return new Evidence(rule, values, List.of(last));
    }

    @Override
    public Duration remembers() {
        return quiet;
    }
}
