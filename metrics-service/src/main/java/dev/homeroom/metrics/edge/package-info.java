/**
 * What comes in at the edge, in any of its formats, read into metric events within bounds. Knows no transport: the
 * resources of {@code http} hand it bytes, the fold's decoder asks it for the same bounds.
 */
@NullMarked
package dev.homeroom.metrics.edge;

import org.jspecify.annotations.NullMarked;
