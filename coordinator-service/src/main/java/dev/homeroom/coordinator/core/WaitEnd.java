package dev.homeroom.coordinator.core;

/**
 * The end of a wait: the answer that its request was waiting for. The wait began in an earlier entry, or in the same one
 * after an {@link Answer.Waiting}.
 */
public record WaitEnd(long ticket, Answer answer) {}
