/** The live streams at work: the thread that drives the pure hub, and the ports it reaches the world through. */
@NullMarked
package dev.homeroom.metrics.stream;

import org.jspecify.annotations.NullMarked;
