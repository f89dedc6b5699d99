package dev.homeroom.queue.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of live claims.
 *
 * @param items in the order of their names
 * @param next where the next page begins; null: this was the last
 */
public record HeldPage(List<HeldTask> items, @Nullable String next) {}
