/** Tests of the level. */
@NullMarked
package dev.homeroom.metrics.core.level;

import org.jspecify.annotations.NullMarked;
