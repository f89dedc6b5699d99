package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.core.Status;
import dev.homeroom.coordinator.core.Tally;

/** What can be computed of a session's record (requirement R-S8). Milliseconds. */
public final class Figures {
    private Figures() {}

    /** From its registration to now, or to its last sign of life when it has ended. */
    public static long uptimeMillis(SessionView view) {
        long lastSign = view.leaseDeadlineWall() - view.leaseMillis();
        boolean ended = view.status() == Status.FAILED || view.status() == Status.RELEASED;
        return Math.max(0, lastSign + (ended ? 0 : view.heartbeatAgeMillis()) - view.registeredWall());
    }

    /** Of the tasks that ended; 0 before the first. */
    public static long meanTaskMillis(Tally tally) {
        long tasks = tally.done() + tally.failed();
        return tasks == 0 ? 0 : tally.taskMillis() / tasks;
    }
}
