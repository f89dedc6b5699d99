/** Caliper events as metric events; the whole mapping in words: docs/metrics-edge.md. Pure. */
@NullMarked
package dev.homeroom.metrics.edge.caliper;

import org.jspecify.annotations.NullMarked;
