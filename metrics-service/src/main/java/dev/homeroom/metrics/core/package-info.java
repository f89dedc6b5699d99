/**
 * The pure fold: what a metric event does to the memory of a student, to episodes and to the figures of a minute. No
 * clock, no randomness, no input or output.
 */
@NullMarked
package dev.homeroom.metrics.core;

import org.jspecify.annotations.NullMarked;
