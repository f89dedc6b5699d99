package dev.homeroom.metrics.core.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client: its subscriptions, what is on the way to it, and the figures that wait for a free moment. Confined to the
 * hub.
 */
final class Connection {
    /** Of a classroom: the running minute, and the one before, which late events still change. */
    private static final int MINUTES = 2;

    private final long id;
    private final Viewer viewer;
    private final int queueFrames;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, TreeMap<Long, Rollup>> figures = new HashMap<>();
    private @Nullable String device;
    private int unwritten;
    private long fullSince = -1;
    private long heard;
    private int strikes;

    Connection(long now, long id, Viewer viewer, int queueFrames) {
        this.id = id;
        this.viewer = viewer;
        this.queueFrames = queueFrames;
        this.heard = now;
    }

    long id() {
        return id;
    }

    Viewer viewer() {
        return viewer;
    }

    Map<String, Subscription> subscriptions() {
        return subscriptions;
    }

    /** The device that receipts are stored for; null until the client names it, and always for SSE. */
    @Nullable
    String device() {
        return device;
    }

    /** Takes the device's name; a connection is one device's, so a second name is refused. */
    boolean named(@Nullable String name) {
        if (device == null) {
            device = name;
        }
        return name == null || name.equals(device);
    }

    void heard(long now) {
        heard = now;
    }

    boolean isSilent(long now, long millis) {
        return now - heard > millis;
    }

    /** Counts a bad frame; returns how many there were. */
    int strike() {
        return ++strikes;
    }

    /** Whether a further change may be put on the way. */
    boolean hasRoom() {
        return unwritten < queueFrames;
    }

    /** A frame is on its way. */
    void sending(long now) {
        unwritten++;
        if (unwritten >= queueFrames && fullSince < 0) {
            fullSince = now;
        }
    }

    /** A frame has left. The queue counts as full until half of it has. */
    void written() {
        unwritten = Math.max(0, unwritten - 1);
        if (unwritten <= queueFrames / 2) {
            fullSince = -1;
        }
    }

    boolean isFull(long now, long millis) {
        return fullSince >= 0 && now - fullSince > millis;
    }

    /** Keeps figures until there is a free moment; later ones of the same minute replace them. */
    void offer(Rollup rollup) {
        TreeMap<Long, Rollup> minutes = figures.computeIfAbsent(rollup.classroom(), _ -> new TreeMap<>());
        minutes.merge(rollup.startMillis(), rollup, (a, b) -> a.revision() > b.revision() ? a : b);
        if (minutes.size() > MINUTES) {
            minutes.pollFirstEntry();
        }
    }

    /** The oldest figures that wait, taken out; null when there are none. */
    @Nullable
    Rollup nextFigures() {
        var classrooms = figures.values().iterator();
        if (!classrooms.hasNext()) {
            return null;
        }
        TreeMap<Long, Rollup> minutes = classrooms.next();
        Rollup oldest = minutes.pollFirstEntry().getValue();
        if (minutes.isEmpty()) {
            classrooms.remove();
        }
        return oldest;
    }
}
