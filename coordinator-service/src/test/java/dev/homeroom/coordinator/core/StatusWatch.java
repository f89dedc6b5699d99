package dev.homeroom.coordinator.core;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Notes how the status of sessions changes, and by what. */
final class StatusWatch {
    private final State state;
    private final Views views;
    private final Map<String, String> known = new TreeMap<>();

    StatusWatch(State state) {
        this.state = state;
        this.views = new Views(state);
    }

    /** Tells of each status that differs from the one seen before: from, to. */
    void look(BiConsumer<String, String> changed) {
        Map<String, String> now = new TreeMap<>();
        state.sessions(session -> now.put(session.id(), views.status(session).label()));
        known.forEach((id, before) -> {
            String after = now.getOrDefault(id, Transitions.NOTHING);
            if (!before.equals(after)) {
                changed.accept(before, after);
            }
        });
        now.forEach((id, after) -> {
            if (!known.containsKey(id)) {
                changed.accept(Transitions.NOTHING, after);
            }
        });
        known.clear();
        known.putAll(now);
    }
}
