/** Tests of the scorecard. */
@NullMarked
package dev.homeroom.metrics.scorecard;

import org.jspecify.annotations.NullMarked;
