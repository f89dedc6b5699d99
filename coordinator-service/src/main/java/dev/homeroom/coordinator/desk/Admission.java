package dev.homeroom.coordinator.desk;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many commands each caller has in flight on this replica. While less than half of the room is taken, everybody is
 * admitted; above, nobody gets more than an equal share, so that whoever floods is refused and the others go on.
 * Thread-safe.
 *
 * <p>At worst one and a half times {@link #room} is in flight (and {@link #FLOOR} for each caller), which stays below
 * what the link to the leader and the leader's queue take.
 */
public final class Admission {
    /** Whoever has fewer in flight is admitted always. */
    public static final int FLOOR = 16;

    private final int room;
    /** How many each caller has in flight; nobody stays in it with none. */
    private final ConcurrentMap<String, Integer> callers = new ConcurrentHashMap<>();

    private final AtomicInteger total = new AtomicInteger();

    /** With room for so many commands. */
    public Admission(int room) {
        this.room = room;
    }

    /** Counts one more of this caller; false when it has too many: then nothing is counted. */
    public boolean enter(String subject) {
        int mine = callers.merge(subject, 1, Integer::sum);
        int now = total.incrementAndGet();
        if (mine <= FLOOR || now <= room / 2 || mine <= room / Math.max(1, callers.size())) {
            return true;
        }
        leave(subject);
        return false;
    }

    /** One of this caller that had entered is answered. */
    public void leave(String subject) {
        total.decrementAndGet();
        callers.computeIfPresent(subject, (name, own) -> own == 1 ? null : own - 1);
    }

    /** How many are in flight. */
    public int inFlight() {
        return total.get();
    }
}
