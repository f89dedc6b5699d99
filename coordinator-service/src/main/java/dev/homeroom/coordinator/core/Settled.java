package dev.homeroom.coordinator.core;

/**
 * A request outside sessions that was executed, with its answer.
 *
 * @param number position in the order of execution
 * @param at when, milliseconds of the replicated clock
 */
public record Settled(String requestId, long number, long at, Command command, Answer answer) {}
