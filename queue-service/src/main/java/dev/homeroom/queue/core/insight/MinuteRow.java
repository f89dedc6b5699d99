package dev.homeroom.queue.core.insight;

import java.time.Instant;
import java.util.UUID;

/**
 * What one replica saw of tasks of one type and lesson in one minute, as far as one flush has it; rows of the same minute
 * add up.
 *
 * @param minute its beginning
 * @param replica which process saw it
 * @param flush which flush of that process, 1 for the first
 * @param type the tasks' type; {@link MinuteBook#OTHER} for those above the bound
 * @param lesson the tasks' lesson, empty for none
 * @param tally what it saw
 */
public record MinuteRow(Instant minute, UUID replica, long flush, String type, String lesson, Tally tally) {}
