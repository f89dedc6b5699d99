/** Tests of the pure stream hub. */
@NullMarked
package dev.homeroom.metrics.core.stream;

import org.jspecify.annotations.NullMarked;
