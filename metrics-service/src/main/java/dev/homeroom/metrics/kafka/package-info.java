/** Reads the usability topic into the fold, and publishes what the minutes of a classroom look like now. */
@NullMarked
package dev.homeroom.metrics.kafka;

import org.jspecify.annotations.NullMarked;
