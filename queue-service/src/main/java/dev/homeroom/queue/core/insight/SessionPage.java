package dev.homeroom.queue.core.insight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of sessions.
 *
 * @param items in the order of their ids
 * @param next where the next page begins; null: this was the last
 */
public record SessionPage(
        List<AgentSession> items, @Nullable String next) {}
