package dev.homeroom.coordinator.desk;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many commands each caller has in flight on this replica. While less than half of the room is taken, everybody is
 * admitted; above, nobody gets more than an equal share, so that whoever floods is refused and the others go on.
 * Thread-safe, without locks on the common path.
 *
 * <p>At worst one and a half times {@link #room} is in flight (and {@link #FLOOR} for each caller), which stays below
 * what the link to the leader and the leader's queue take.
 */
public final class Admission {
    /** Whoever has fewer in flight is admitted always. */
    public static final int FLOOR = 16;
    /** Callers remembered before those with nothing in flight are forgotten. */
    private static final int REMEMBERED = 10_000;

    private final int room;
    private final ConcurrentMap<String, AtomicInteger> callers = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();

    /** With room for so many commands. */
    public Admission(int room) {
        this.room = room;
    }

    /** Counts one more of this caller; false when it has too many: then nothing is counted. */
    public boolean enter(String subject) {
        AtomicInteger own = callers.computeIfAbsent(subject, name -> new AtomicInteger());
        int mine = own.incrementAndGet();
        int now = total.incrementAndGet();
        int others = mine == 1 ? active.incrementAndGet() : active.get();
        if (mine <= FLOOR || now <= room / 2 || mine <= room / Math.max(1, others)) {
            return true;
        }
        left(own);
        return false;
    }

    /** One of this caller that had entered is answered. */
    public void leave(String subject) {
        AtomicInteger own = callers.get(subject);
        if (own != null) {
            left(own);
        }
    }

    /** How many are in flight. */
    public int inFlight() {
        return total.get();
    }

    private void left(AtomicInteger own) {
        total.decrementAndGet();
        if (own.decrementAndGet() == 0) {
            active.decrementAndGet();
            if (callers.size() > REMEMBERED) {
                callers.values().removeIf(count -> count.get() == 0);
            }
        }
    }
}
