package dev.homeroom.coordinator.core;

/**
 * A revocation that a session has not yet said it has seen.
 *
 * @param at when, milliseconds of the replicated clock
 */
public record Notice(long at, Answer.Revocation revocation) {}
