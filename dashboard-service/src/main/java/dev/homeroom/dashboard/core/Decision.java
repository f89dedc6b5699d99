package dev.homeroom.dashboard.core;

import java.util.List;

/** What a command leads to. */
public sealed interface Decision {

    /**
     * It was taken; without changes when it was known already or makes no difference to a teacher.
     *
     * @param after what is known afterwards
     * @param changes in order
     */
    record Taken(StudentAlerts after, List<Change> changes) implements Decision {
        public Taken {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The alert's status does not allow the action.
     *
     * @param status the present one
     */
    record WrongStatus(AlertStatus status) implements Decision {}

    /** There is no such alert. */
    record Unknown() implements Decision {}
}
