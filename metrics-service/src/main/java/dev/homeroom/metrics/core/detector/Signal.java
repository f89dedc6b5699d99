package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a detector reads in its memory of a subject.
 *
 * @param score 0 to 1; the plain rule of the detector just holds at 0.5
 * @param start the event with which it starts: an episode that opens now is named after it
 * @param since the event time of {@code start}
 * @param proof makes the evidence: most signals say nothing new, and the words are wanted only where an episode opens or
 *     gets worse
 */
public record Signal(double score, UUID start, Instant since, Supplier<Evidence> proof) {
    /** The rule, its figures and the events behind it. */
    public Evidence evidence() {
        return proof.get();
    }
}
