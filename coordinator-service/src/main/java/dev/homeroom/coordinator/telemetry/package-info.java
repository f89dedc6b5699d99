/** Figures of the coordinator for Prometheus. */
@NullMarked
package dev.homeroom.coordinator.telemetry;

import org.jspecify.annotations.NullMarked;
