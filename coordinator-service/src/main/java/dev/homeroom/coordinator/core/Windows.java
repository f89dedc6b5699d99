package dev.homeroom.coordinator.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which time windows are open at a moment. Wall clocks of the zone count: a window inside an hour that is skipped in
 * spring does not open that day, one in an hour that comes twice in autumn opens twice. A window in a zone that this
 * version of Java does not know is closed. Looks each zone up once; for one thread.
 */
public final class Windows {
    private static final int MINUTES_PER_HOUR = 60;

    private final Instant at;
    private final Map<String, Optional<ZonedDateTime>> local = new TreeMap<>();

    /** At a wall time, milliseconds since 1970. */
    public Windows(long atWall) {
        this.at = Instant.ofEpochMilli(atWall);
    }

    /** Whether the affinity counts at that moment: it has no windows, or one of them is open. */
    public boolean open(Affinity affinity) {
        return affinity.windows().isEmpty() || affinity.windows().stream().anyMatch(this::open);
    }

    private boolean open(Affinity.Window window) {
        Optional<ZonedDateTime> known = local.computeIfAbsent(window.zone(), this::in);
        if (known.isEmpty()) {
            return false;
        }
        ZonedDateTime there = known.get();
        int day = there.getDayOfWeek().getValue();
        int minute = there.getHour() * MINUTES_PER_HOUR + there.getMinute();
        if (window.fromMinute() < window.toMinute()) {
            return window.days().contains(day) && minute >= window.fromMinute() && minute < window.toMinute();
        }
        int yesterday = day == 1 ? 7 : day - 1;
        return (window.days().contains(day) && minute >= window.fromMinute())
                || (window.days().contains(yesterday) && minute < window.toMinute());
    }

    private Optional<ZonedDateTime> in(String zone) {
        return knows(zone) ? Optional.of(at.atZone(ZoneId.of(zone))) : Optional.empty();
    }

    /**
     * What to answer to a command that names a zone this version of Java does not know; null: it names none. For the
     * leader, before the command is replicated: replicas may know different zones, so applying must not ask.
     */
    public static @Nullable Answer refusal(Command command) {
        Command asked = command instanceof Command.Once once ? once.command() : command;
        if (asked instanceof Command.PutAffinity put) {
            for (Affinity.Window window : put.affinity().windows()) {
                // What is too long to be a name is refused, in its own words, where it is applied.
                if (Checks.name("zone", window.zone()) == null && !knows(window.zone())) {
                    return new Answer.Rejected(Rejection.of(
                            Rejection.Reason.INVALID,
                            "zone " + window.zone() + " is not known; give an IANA name such as Europe/Berlin"));
                }
            }
        }
        return null;
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
