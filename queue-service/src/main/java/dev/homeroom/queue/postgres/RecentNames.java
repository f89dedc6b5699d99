package dev.homeroom.queue.postgres;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Names that were there a short while ago: at least {@value #SECONDS} seconds unless too many are in use, at most twice as
 * long. Two generations, so that nothing need be looked through. Safe for concurrent use.
 */
final class RecentNames {
    /** How long a generation is filled: so long another replica may still think that a deleted lesson exists. */
    static final long SECONDS = 30;

    /** Names of a generation: some MB at most. */
    static final int MOST = 20_000;

    private final LongSupplier nanos;
    private volatile Set<String> young = ConcurrentHashMap.newKeySet();
    private volatile Set<String> old = ConcurrentHashMap.newKeySet();
    private long since;

    /** By this clock. */
    RecentNames(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    boolean contains(String name) {
        turn();
        return young.contains(name) || old.contains(name);
    }

    void add(Iterable<String> names) {
        turn();
        names.forEach(young::add);
    }

    synchronized void remove(String name) {
        young.remove(name);
        old.remove(name);
    }

    private synchronized void turn() {
        long now = nanos.getAsLong();
        long age = now - since;
        if (age < SECONDS * 1_000_000_000L && young.size() < MOST) {
            return;
        }
        old = age < 2 * SECONDS * 1_000_000_000L ? young : ConcurrentHashMap.newKeySet();
        young = ConcurrentHashMap.newKeySet();
        since = now;
    }
}
