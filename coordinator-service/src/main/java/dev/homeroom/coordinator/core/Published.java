package dev.homeroom.coordinator.core;

/** A change as the world hears of it, at its place; the id of the event is made of the epoch and this place. */
public record Published(Cursor at, Change change) {}
