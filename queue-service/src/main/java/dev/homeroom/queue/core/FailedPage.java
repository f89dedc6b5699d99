package dev.homeroom.queue.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A portion of failed tasks.
 *
 * @param tasks that fit
 * @param late of those that fit, how many are not among them because their deadline has passed
 * @param next where the next portion begins; null: this was the last
 */
public record FailedPage(List<UUID> tasks, int late, FailedQuery.@Nullable After next) {}
