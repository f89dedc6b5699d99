/**
 * The coordinator's pure core: a state machine over sessions and grants that reads no clock, makes no IO and gives the
 * same state for the same log, everywhere.
 */
@NullMarked
package dev.homeroom.coordinator.core;

import org.jspecify.annotations.NullMarked;
