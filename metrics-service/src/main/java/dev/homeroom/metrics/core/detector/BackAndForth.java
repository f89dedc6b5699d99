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
 * Navigation back and forth between the same places. <b>Off by default</b>: on real student data it told those who did
 * badly from the others no better than chance (AUC 0.34 to 0.56). It is here for those who want to try it on theirs, in
 * shadow first.
 *
 * <p>Source: "u-turns" of session-replay tools; the figures, 4 returns within a minute, are ours.
 *
 * <p>Score of {@code n} returns to the place before the last: {@code 1 - 2^(-n / returns)}.
 *
 * @param returns how many hold the rule; 1 to 12
 * @param window within how long, in event time; 1 s to 1 h
 */
public record BackAndForth(int returns, Duration window) implements Windowed<BackAndForth.Path> {
    /** Our thresholds. */
    public static final BackAndForth STANDARD = new BackAndForth(4, Duration.ofMinutes(1));

    private static final int BOUND = 26;

    public BackAndForth {
        Bounds.within("returns", returns, 1, 12);
        Bounds.within("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /**
     * A place visited.
     *
     * @param id of the event
     * @param at its event time
     * @param place where to
     */
    public record Visit(UUID id, Instant at, String place) {}

    /**
     * The last places.
     *
     * @param visits oldest first, within the window, at most 26
     */
    public record Path(List<Visit> visits) {}

    @Override
    public String name() {
        return "back-and-forth";
    }

    @Override
    public Class<Path> memory() {
        return Path.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        return event.kind() == EventKind.NAVIGATION && event.target() != null ? Subject.APP : null;
    }

    @Override
    public Path fresh() {
        return new Path(List.of());
    }

    @Override
    public Path step(Path path, Observed event) {
        String place = event.target();
        if (place == null) {
            return path;
        }
        Instant since = event.at().minus(window);
        List<Visit> visits = new ArrayList<>();
        for (Visit visit : path.visits()
                .subList(
                        Math.max(0, path.visits().size() + 1 - BOUND),
                        path.visits().size())) {
            if (!visit.at().isBefore(since)) {
                visits.add(visit);
            }
        }
        visits.add(new Visit(event.id(), event.at(), place));
        return new Path(List.copyOf(visits));
    }

    @Override
    public @Nullable Signal read(Path path) {
        List<Visit> visits = path.visits();
        int found = 0;
        for (int i = 2; i < visits.size(); i++) {
            String here = visits.get(i).place();
            boolean back = here.equals(visits.get(i - 2).place());
            found += back && !here.equals(visits.get(i - 1).place()) ? 1 : 0;
        }
        if (found == 0) {
            return null;
        }
        int returned = found;
        Visit first = visits.getFirst();
        return new Signal(Scores.rising(found, returns), first.id(), first.at(), () -> evidence(visits, returned));
    }

    private Evidence evidence(List<Visit> visits, int found) {
        String rule = "%d or more returns to the place before within %d s".formatted(returns, window.toSeconds());
        List<UUID> events = visits.stream().map(Visit::id).toList();
        return new Evidence(rule, Map.of("returns", (double) found), events);
    }
}
