/** Tests of the detectors. */
@NullMarked
package dev.homeroom.metrics.core.detector;

import org.jspecify.annotations.NullMarked;
