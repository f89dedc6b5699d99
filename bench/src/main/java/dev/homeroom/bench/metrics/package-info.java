/** Loads on metrics-service, and what it is compared with. */
@NullMarked
package dev.homeroom.bench.metrics;

import org.jspecify.annotations.NullMarked;
