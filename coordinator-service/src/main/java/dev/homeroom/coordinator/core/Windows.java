package dev.homeroom.coordinator.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which time windows are open at a moment. Wall clocks of the zone count: a window inside an hour that is skipped in
 * spring does not open that day, one in an hour that comes twice in autumn opens twice. Looks each zone up once; for one
 * thread.
 */
public final class Windows {
    private static final int MINUTES_PER_HOUR = 60;

    private final Instant at;
    private final Map<String, ZonedDateTime> local = new TreeMap<>();

    /** At a wall time, milliseconds since 1970. */
    public Windows(long atWall) {
        this.at = Instant.ofEpochMilli(atWall);
    }

    /** Whether the affinity counts at that moment: it has no windows, or one of them is open. */
    public boolean open(Affinity affinity) {
        return affinity.windows().isEmpty() || affinity.windows().stream().anyMatch(this::open);
    }

    private boolean open(Affinity.Window window) {
        ZonedDateTime there = local.computeIfAbsent(window.zone(), zone -> at.atZone(ZoneId.of(zone)));
        int day = there.getDayOfWeek().getValue();
        int minute = there.getHour() * MINUTES_PER_HOUR + there.getMinute();
        if (window.fromMinute() < window.toMinute()) {
            return window.days().contains(day) && minute >= window.fromMinute() && minute < window.toMinute();
        }
        int yesterday = day == 1 ? 7 : day - 1;
        return (window.days().contains(day) && minute >= window.fromMinute())
                || (window.days().contains(yesterday) && minute < window.toMinute());
    }

    /** Whether this version of Java knows the zone. */
    static boolean knows(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
