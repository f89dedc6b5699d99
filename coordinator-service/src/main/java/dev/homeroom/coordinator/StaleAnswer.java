package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Answer;

/**
 * What a replica answered from its own copy of the state.
 *
 * @param answer may be old
 * @param appliedIndex the last log entry it includes
 * @param ageMillis how long ago this replica last heard from a leader; 0 when it leads itself
 */
public record StaleAnswer(Answer answer, long appliedIndex, long ageMillis) {}
