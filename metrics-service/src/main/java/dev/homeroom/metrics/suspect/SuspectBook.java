package dev.homeroom.metrics.suspect;

import dev.homeroom.metrics.core.suspect.ElementDay;
import java.time.Instant;
import java.util.List;

/** Where suspicions are kept. Safe to use from several threads and replicas. Calls block. */
public interface SuspectBook {
    /**
     * What a look changed.
     *
     * @param revisions of suspicions
     * @param marks episodes of students that were quieted, or are so no longer
     */
    record Reviewed(int revisions, int marks) {}

    /**
     * Looks at the episodes about an element anew and writes what follows, in one transaction: suspicions, marks on the
     * episodes they explain, and what is to be published of both. It follows from the episodes alone, so looking twice, at
     * once, or after a crash changes nothing more.
     *
     * @throws dev.homeroom.metrics.StoreUnavailableException when the store cannot do it now
     */
    Reviewed review(ElementDay element, Instant now);

    /**
     * Elements whose open suspicion is over by {@code now}, at most {@code limit}.
     *
     * @throws dev.homeroom.metrics.StoreUnavailableException when the store cannot be reached
     */
    List<ElementDay> due(Instant now, int limit);
}
