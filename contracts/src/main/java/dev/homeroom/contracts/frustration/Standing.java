package dev.homeroom.contracts.frustration;

import java.time.Instant;
import java.util.List;

/**
 * How a student stands by all open episodes together: what {@code GET /api/students/{id}/frustration} says at the same moment.
 *
 * @param level {@code none}, {@code low}, {@code medium}, {@code high} or {@code critical}
 * @param rises when it will rise because the episodes last, if nothing else changes; in order of time
 */
public record Standing(String level, List<Rise> rises) {
    public Standing {
        rises = List.copyOf(rises);
    }

    /**
     * A rise of the level that needs no event.
     *
     * @param at from when on
     * @param level the level from then on; higher than before
     */
    public record Rise(Instant at, String level) {}
}
