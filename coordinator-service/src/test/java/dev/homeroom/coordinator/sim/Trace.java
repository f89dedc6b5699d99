package dev.homeroom.coordinator.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last things that happened; made into words only for a report. */
final class Trace {
    static final int KEPT = 40;

    private final Deque<Noted> last = new ArrayDeque<>(KEPT);

    private record Noted(long at, Object who, Object what) {
        @Override
        public String toString() {
            return "%10.3f ms  %s  %s".formatted(at / 1e6, who, what);
        }
    }

    void add(long at, Object who, Object what) {
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(new Noted(at, who, what));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        last.forEach(noted -> lines.add(noted.toString()));
        return lines;
    }
}
