/** Tests of the mapping. */
@NullMarked
package dev.homeroom.metrics.edge.xapi;

import org.jspecify.annotations.NullMarked;
