package dev.homeroom.dashboard.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says about its episodes.
 *
 * @param app of the latest episode
 * @param detector of the latest episode
 * @param target of the latest episode
 * @param level the student's while an episode goes on, see {@link Standing}; afterwards the last it was. Where nobody told how the
 *     student stands, the highest of the episodes that go on; of all of them when none does. Never {@link Level#NONE}
 * @param evidence of the latest episode
 * @param count how many episodes were merged, retracted ones left out
 */
public record Face(String app, String detector, @Nullable String target, Level level, Trace evidence, int count) {

    private static final Comparator<Episode> LATEST =
            Comparator.comparing(Episode::startedAt).thenComparing(Episode::id);

    /**
     * The face of these episodes, at the highest of their levels.
     *
     * @throws IllegalArgumentException when there are none
     */
    static Face of(Collection<Episode> episodes) {
        var kept = narrowed(
                List.copyOf(episodes),
                episodes.stream()
                        .filter(e -> e.status() != EpisodeStatus.RETRACTED)
                        .toList());
        var speaking = narrowed(kept, kept.stream().filter(Episode::open).toList());
        var latest = speaking.stream().max(LATEST).orElseThrow(IllegalArgumentException::new);
        var level = speaking.stream().map(Episode::level).reduce(Level.LOW, Level::max);
        return new Face(latest.app(), latest.detector(), latest.target(), level, latest.evidence(), kept.size());
    }

    /** The same at that level, or low where there is none: what is told of is something. */
    Face at(Level student) {
        return new Face(app, detector, target, Level.LOW.max(student), evidence, count);
    }

    private static List<Episode> narrowed(List<Episode> all, List<Episode> some) {
        return some.isEmpty() ? all : some;
    }
}
