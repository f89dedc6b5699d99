package dev.homeroom.coordinator.core;

/** The end of a wait that an earlier entry began: the answer that its request was waiting for. */
public record WaitEnd(long ticket, Answer answer) {}
