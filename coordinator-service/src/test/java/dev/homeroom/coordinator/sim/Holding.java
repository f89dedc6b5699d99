package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Kind;

/**
 * A grant as its holder knows it.
 *
 * @param deadline until when the holder believes in it, on its own monotonic clock, counted from when it sent the request
 */
record Holding(Kind kind, String name, String holder, long token, long deadline) {}
