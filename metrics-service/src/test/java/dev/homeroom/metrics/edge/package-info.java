/** Tests of what the edge reads. */
@NullMarked
package dev.homeroom.metrics.edge;

import org.jspecify.annotations.NullMarked;
