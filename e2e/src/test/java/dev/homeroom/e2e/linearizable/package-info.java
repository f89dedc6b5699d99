/**
 * Decides whether what clients saw of an object can be explained by one order of their operations (linearizability). Knows
 * nothing of the system under test: a {@link dev.homeroom.e2e.linearizable.Model} says what the object may answer.
 */
@NullMarked
package dev.homeroom.e2e.linearizable;

import org.jspecify.annotations.NullMarked;
