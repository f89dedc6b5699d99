package dev.homeroom.queue.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TaskQuery} found.
 *
 * @param items newest first; may be fewer than asked for, or none, though more follow: only so many tasks are looked at
 * @param next where the next page goes on; null: there is nothing more
 */
public record TaskPage(List<Task> items, @Nullable UUID next) {
    /** Keeps a copy. */
    public TaskPage {
        items = List.copyOf(items);
    }
}
