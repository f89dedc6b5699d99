package dev.homeroom.queue.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the rounds of this replica are about to claim, so that they do not want the same. What a round claimed is remembered
 * for as long as there is one that began before its end: that one may have read the rows as they were before. Safe for
 * concurrent use.
 */
final class Underway {
    private final Set<UUID> wanted = new HashSet<>();
    /** What ended rounds had wanted, and when they ended. */
    private final Map<UUID, Long> over = new HashMap<>();
    /** The rounds that have not ended, by when they began. */
    private final TreeMap<Long, Round> begun = new TreeMap<>();

    private long clock;

    /** A round; to be ended. */
    final class Round {
        private final long began;
        private final List<UUID> mine = new ArrayList<>();

        private Round(long began) {
            this.began = began;
        }

        /** Whether it is another round's, or was while this one read. */
        boolean isTaken(UUID task) {
            synchronized (Underway.this) {
                return wanted.contains(task) || over.getOrDefault(task, -1L) > began;
            }
        }

        /** This round wants it; what another one wants stays that one's. */
        void take(UUID task) {
            synchronized (Underway.this) {
                if (wanted.add(task)) {
                    mine.add(task);
                }
            }
        }

        /** The rows say by now what became of its tasks. */
        void end() {
            synchronized (Underway.this) {
                begun.remove(began);
                long now = clock++;
                wanted.removeAll(Set.copyOf(mine));
                if (begun.isEmpty()) {
                    over.clear();
                } else {
                    mine.forEach(task -> over.put(task, now));
                    long oldest = begun.firstKey();
                    over.values().removeIf(end -> end < oldest);
                }
            }
        }
    }

    /** A round begins: before it reads. */
    synchronized Round begin() {
        var round = new Round(clock++);
        begun.put(round.began, round);
        return round;
    }

    /** How many tasks seem to be taken at most. */
    synchronized int size() {
        return wanted.size() + over.size();
    }
}
