/** The rules that see frustration: each a small pure class with its thresholds and their source. */
@NullMarked
package dev.homeroom.metrics.core.detector;

import org.jspecify.annotations.NullMarked;
