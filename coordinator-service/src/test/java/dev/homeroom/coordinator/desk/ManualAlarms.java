package dev.homeroom.coordinator.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that a test moves. */
final class ManualAlarms implements Alarms {
    private final List<Set> set = new ArrayList<>();
    private long now;

    private record Set(long at, Runnable action) {}

    @Override
    public long millis() {
        return now;
    }

    @Override
    public Alarm after(long millis, Runnable action) {
        Set alarm = new Set(now + millis, action);
        set.add(alarm);
        return () -> set.remove(alarm);
    }

    /** Lets so much time pass; what is due runs in its order. */
    void pass(long millis) {
        long until = now + millis;
        while (true) {
            Set next = set.stream()
                    .filter(alarm -> alarm.at() <= until)
                    .min(Comparator.comparingLong(Set::at))
                    .orElse(null);
            if (next == null) {
                now = until;
                return;
            }
            set.remove(next);
            now = next.at();
            next.action().run();
        }
    }

    /** How many alarms are set. */
    int pending() {
        return set.size();
    }
}
