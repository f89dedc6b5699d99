package dev.homeroom.coordinator.core;

/** Keeps lock-delays and their ends in step. */
final class DelayTable {
    private DelayTable() {}

    /** Begins one; a resource has at most one holder, so there is none yet. From a snapshot too. */
    static void enter(State state, Delay delay) {
        state.delays.put(delay.resource(), delay);
        state.delayEnds.put(new Due.OfDelay(delay.until(), delay.resource()), delay.resource());
    }

    /** Ends one, if there is one. */
    static void end(State state, ResourceKey resource) {
        Delay delay = state.delays.remove(resource);
        if (delay != null) {
            state.delayEnds.remove(new Due.OfDelay(delay.until(), resource));
        }
    }
}
