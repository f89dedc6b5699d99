package dev.homeroom.dashboard.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a student stands by all open episodes together, as metrics-service weighs them, and how that rises because they last.
 *
 * @param level now
 * @param rises afterwards, if nothing else changes; in order of time
 */
public record Standing(Level level, List<Rise> rises) {
    public Standing {
        rises = List.copyOf(rises);
    }

    /**
     * A rise of the level by time alone.
     *
     * @param at from when on
     * @param level from then on
     */
    public record Rise(Instant at, Level level) {}

    /** The same at a later time, if nothing else has changed. */
    Standing at(Instant now) {
        var reached =
                (int) rises.stream().takeWhile(rise -> !rise.at().isAfter(now)).count();
        return reached == 0 ? this : new Standing(rises.get(reached - 1).level(), rises.subList(reached, rises.size()));
    }

    /** When it rises next; null when it does not. */
    public @Nullable Instant risesAt() {
        return rises.isEmpty() ? null : rises.getFirst().at();
    }
}
