package dev.homeroom.coordinator.core;

/** What changes the state; made by a decision, applied by {@link Evolution}. Internal: the world hears of {@link Change}s. */
sealed interface Event {
    /** A grant began. */
    record GrantBegan(Grant grant) implements Event {}
}
