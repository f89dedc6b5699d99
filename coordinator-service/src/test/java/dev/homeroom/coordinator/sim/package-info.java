/**
 * A seeded simulation of three replicas over the pure core: one queue of events, one random generator, a network, clocks
 * and clients that misbehave. A seed repeats a run exactly.
 */
@NullMarked
package dev.homeroom.coordinator.sim;

import org.jspecify.annotations.NullMarked;
