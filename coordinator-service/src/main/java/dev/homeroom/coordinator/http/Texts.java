package dev.homeroom.coordinator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Absent in JSON is empty, or 0, in the core. */
final class Texts {
    private Texts() {}

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** Milliseconds, at least 1: a duration that is there must not read as absent. */
    static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : Math.max(1, duration.toMillis());
    }

    static Instant instant(long wallMillis) {
        return Instant.ofEpochMilli(wallMillis);
    }
}
