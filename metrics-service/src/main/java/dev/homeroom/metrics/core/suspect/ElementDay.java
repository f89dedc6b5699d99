package dev.homeroom.metrics.core.suspect;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * An element of an app on a UTC day of event time: what is looked at together. So a fault that lasts is told again every
 * day, and a look never needs more than a day of episodes.
 *
 * @param app the app
 * @param target the element or exercise
 * @param day in UTC
 */
public record ElementDay(String app, String target, LocalDate day) {
    /** The day of that moment. */
    public static ElementDay of(String app, String target, Instant at) {
        return new ElementDay(app, target, LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    /** Its first moment. */
    public Instant start() {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first moment after it. */
    public Instant end() {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
