package dev.homeroom.queue.core;

import org.jspecify.annotations.Nullable;

/**
 * Where a session works.
 *
 * @param host its machine
 * @param repo the repository it works in
 */
public record Place(@Nullable String host, @Nullable String repo) {
    /** Nothing is known. */
    public static final Place UNKNOWN = new Place(null, null);
}
