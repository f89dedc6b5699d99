package dev.homeroom.queue.upkeep;

import dev.homeroom.queue.core.FailedQuery;
import org.jspecify.annotations.Nullable;

/**
 * What a portion of a retry in bulk did.
 *
 * @param retried tasks that are pending again
 * @param late tasks that fit but stay failed, because their deadline has passed
 * @param next where the next portion begins; null: this was the last
 */
public record Retried(int retried, int late, FailedQuery.@Nullable After next) {}
