package dev.homeroom.metrics.core.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of one classroom, without a hole in between, and who reads them. A change that does not follow the
 * last one starts the stretch anew: what lies between is fetched by the readers that miss it. Confined to the hub.
 */
final class Feed {
    /** Restores of a backup while this replica runs: more than ever happen. */
    private static final int MOST_RETIRED = 8;

    private final String classroom;
    private final int capacity;
    private final List<Change> recent = new ArrayList<>();
    private final Deque<String> retired = new ArrayDeque<>();
    private final Set<Subscription> readers = new LinkedHashSet<>();
    private @Nullable String epoch;
    private long generation;

    Feed(String classroom, int capacity) {
        this.classroom = classroom;
        this.capacity = capacity;
    }

    String classroom() {
        return classroom;
    }

    Set<Subscription> readers() {
        return readers;
    }

    /** Takes a change from the topic; false when it is known or of a past epoch. */
    boolean offer(Change change) {
        if (!adopt(change.epoch(), false)) {
            return false;
        }
        if (!recent.isEmpty()) {
            if (change.seq() <= last()) {
                return false;
            }
            if (change.seq() > last() + 1) {
                recent.clear();
            }
        }
        recent.add(change);
        if (recent.size() > capacity) {
            recent.removeFirst();
        }
        return true;
    }

    /** How often the numbers have become other ones. */
    long generation() {
        return generation;
    }

    /**
     * Takes note of the epoch that the numbers are of. A past epoch does not come back: what speaks of it is late; unless
     * the owner of the numbers says so, asked after it went.
     *
     * @return false for a past epoch
     */
    boolean adopt(String present, boolean certain) {
        if (present.equals(epoch)) {
            return true;
        }
        if (retired.contains(present) && !certain) {
            return false;
        }
        retired.remove(present);
        if (epoch != null) {
            retired.addLast(epoch);
            if (retired.size() > MOST_RETIRED) {
                retired.removeFirst();
            }
        }
        epoch = present;
        generation++;
        recent.clear();
        return true;
    }

    /** Forgets changes up to and including this one. */
    void forget(Change change) {
        while (!recent.isEmpty()
                && change.epoch().equals(epoch)
                && recent.getFirst().seq() <= change.seq()) {
            recent.removeFirst();
        }
    }

    /** Whether numbers of this epoch are known not to be the present ones. */
    boolean isPast(String other) {
        return epoch != null && !epoch.equals(other);
    }

    /** Whether everything after the position is here. */
    boolean reaches(Position position) {
        return position.epoch().equals(epoch)
                && !recent.isEmpty()
                && position.seq() >= recent.getFirst().seq() - 1
                && position.seq() <= last();
    }

    /** The change with this number, if it is here. */
    @Nullable
    Change get(long seq) {
        if (recent.isEmpty()) {
            return null;
        }
        long index = seq - recent.getFirst().seq();
        return index < 0 || index >= recent.size() ? null : recent.get((int) index);
    }

    /** The highest number here; 0 when there is none. */
    long last() {
        return recent.isEmpty() ? 0 : recent.getLast().seq();
    }

    /** Whether nothing would be lost by forgetting this feed. */
    boolean isIdle() {
        return recent.isEmpty() && readers.isEmpty();
    }
}
