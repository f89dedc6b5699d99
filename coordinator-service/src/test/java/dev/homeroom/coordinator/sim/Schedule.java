package dev.homeroom.coordinator.sim;

import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Simulated time: what happens when, in one order; the only source of chance. Nanoseconds of true time, from 0. */
final class Schedule {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final Random random;
    private final Trace trace = new Trace();
    private long now;
    private long order;

    private record Due(long at, long order, @Nullable Party party, int life, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Schedule(long seed) {
        this.random = new Random(seed);
    }

    long now() {
        return now;
    }

    Trace trace() {
        return trace;
    }

    /** Remembers what happened, for the report of a failure; must not change afterwards. */
    void note(Object who, Object what) {
        trace.add(now, who, what);
    }

    /** 0 to {@code bound}, exclusive. */
    int chance(int bound) {
        return random.nextInt(bound);
    }

    /** Once in so many times; 0: never. */
    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    /** A duration between both. */
    long between(long shortest, long longest) {
        return shortest + (long) (random.nextDouble() * (longest - shortest));
    }

    /** Later, whatever becomes of anybody. */
    void after(long nanos, Runnable what) {
        queue.add(new Due(now + nanos, order++, null, 0, what));
    }

    /** Later, to this life of a party: not if it was restarted, and only once it is not paused. */
    void after(long nanos, Party party, Runnable what) {
        queue.add(new Due(now + nanos, order++, party, party.life(), what));
    }

    /** Lets happen what happens until then. */
    void runUntil(long end) {
        while (true) {
            Due due = queue.peek();
            if (due == null || due.at() > end) {
                now = end;
                return;
            }
            queue.remove();
            now = due.at();
            Party party = due.party();
            if (party == null) {
                due.what().run();
            } else if (party.up() && party.life() == due.life()) {
                if (party.pausedUntil() > now) {
                    queue.add(new Due(party.pausedUntil(), due.order(), party, due.life(), due.what()));
                } else {
                    due.what().run();
                }
            }
        }
    }
}
