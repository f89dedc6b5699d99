package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.ClaimFilter;
import org.jspecify.annotations.Nullable;

/**
 * What to show of what is next.
 *
 * @param filter only such tasks
 * @param session what this session would get
 * @param limit at most so many of each list
 */
public record NextQuery(ClaimFilter filter, @Nullable String session, int limit) {}
