package dev.homeroom.metrics.core.suspect;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An episode of one student about one element, as far as it matters here.
 *
 * @param episode its id
 * @param classroom where; pseudonyms are unique within it only
 * @param student who
 * @param startedAt event time of its first evidence
 * @param causedAt when the edge received what caused its latest revision: tells, by one clock, how fresh it is
 * @param event a metric event behind it, if it names one
 */
public record Sighting(
        UUID episode,
        String classroom,
        String student,
        Instant startedAt,
        Instant causedAt,
        @Nullable UUID event) {
    /** The order in which sightings are looked at, whatever order they came in: event time, then id. */
    public static final Comparator<Sighting> ORDER =
            Comparator.comparing(Sighting::startedAt).thenComparing(Sighting::episode);

    Person person() {
        return new Person(classroom, student);
    }

    /** Who, over all classrooms. */
    record Person(String classroom, String student) {}
}
