package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import java.time.Instant;
import java.util.UUID;

/**
 * What a detector reads in its memory of a subject.
 *
 * @param score 0 to 1; the plain rule of the detector just holds at 0.5
 * @param start the event with which it starts: an episode that opens now is named after it
 * @param since the event time of {@code start}
 * @param evidence the rule, its figures and the events behind it
 */
public record Signal(double score, UUID start, Instant since, Evidence evidence) {}
