/** Tests of the mapping. */
@NullMarked
package dev.homeroom.metrics.edge.caliper;

import org.jspecify.annotations.NullMarked;
