/** The level of a student: one word for all that the detectors see at a moment. */
@NullMarked
package dev.homeroom.metrics.core.level;

import org.jspecify.annotations.NullMarked;
