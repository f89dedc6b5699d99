package dev.homeroom.queue.core.order;

import java.time.Instant;
import java.util.List;

/**
 * A page of heads.
 *
 * @param heads in the order of their ranges
 * @param now the database's time
 */
public record Heads(List<Head> heads, Instant now) {}
