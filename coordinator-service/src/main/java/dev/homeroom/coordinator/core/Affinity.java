package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * A session's preference for a lesson, in some hours or always (requirement R-S7).
 *
 * @param id 1 to {@link Bounds#NAME_BYTES} bytes
 * @param session whose; the session need not be registered
 * @param lesson for which lesson
 * @param windows when; empty: always; at most {@link Bounds#WINDOWS}
 * @param weight 1 to 100, points of the score while a window is open
 */
public record Affinity(String id, String session, String lesson, List<Window> windows, int weight) {
    /** Copies the list. */
    public Affinity {
        windows = List.copyOf(windows);
    }

    /**
     * Hours of some days in a zone.
     *
     * @param days ISO numbers, 1 Monday to 7 Sunday, not empty
     * @param fromMinute minute of the day, 0 to 1,439
     * @param toMinute exclusive, 1 to 1,440; not after {@code fromMinute} means the window ends on the next day
     * @param zone an IANA name
     */
    public record Window(List<Integer> days, int fromMinute, int toMinute, String zone) {
        /** Copies the list. */
        public Window {
            days = List.copyOf(days);
        }
    }
}
