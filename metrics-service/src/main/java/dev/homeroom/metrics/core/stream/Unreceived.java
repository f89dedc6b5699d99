package dev.homeroom.metrics.core.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Since when alert frames are sent but not received. Frames of the same moment share a mark, which keeps the number of
 * marks small however many frames there are. Confined to the hub.
 */
final class Unreceived {
    /** The grain of the marks: small against the 10 s in which a frame has to be received. */
    private static final long GRAIN_MILLIS = 250;

    private record Mark(long upTo, long since) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    void sent(long now, long seq) {
        Mark last = marks.peekLast();
        if (last != null && now - last.since() < GRAIN_MILLIS) {
            marks.removeLast();
            marks.addLast(new Mark(seq, last.since()));
        } else {
            marks.addLast(new Mark(seq, now));
        }
    }

    void received(long seq) {
        while (!marks.isEmpty() && marks.getFirst().upTo() <= seq) {
            marks.removeFirst();
        }
    }

    void clear() {
        marks.clear();
    }

    /** Whether a frame has been waiting for longer than this. */
    boolean longerThan(long now, long millis) {
        return !marks.isEmpty() && now - marks.getFirst().since() > millis;
    }
}
