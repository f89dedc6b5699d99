package dev.homeroom.queue.core.insight;

import java.time.Instant;
import java.util.List;

/**
 * Claimed tasks, those that are held longest first.
 *
 * @param at the database's time
 * @param rows the tasks
 */
public record Held(Instant at, List<HeldRow> rows) {}
