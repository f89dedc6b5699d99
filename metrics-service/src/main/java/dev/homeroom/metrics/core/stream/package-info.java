/**
 * The pure hub of the live streams: who gets which alert change and which rollup next. No clock, no threads, no input or
 * output: inputs come with the time, effects go to {@link dev.homeroom.metrics.core.stream.World}.
 */
@NullMarked
package dev.homeroom.metrics.core.stream;

import org.jspecify.annotations.NullMarked;
