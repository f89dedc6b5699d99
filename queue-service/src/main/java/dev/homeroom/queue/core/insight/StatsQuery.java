package dev.homeroom.queue.core.insight;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which statistics.
 *
 * @param window what happened within this time
 * @param type only tasks of this type
 * @param lesson only tasks of this lesson
 */
public record StatsQuery(
        Duration window, @Nullable String type, @Nullable String lesson) {}
