package dev.homeroom.client;

import java.time.Duration;

/** Refuses bad settings with a sentence that names the setting, the bounds and the value. */
public final class Checks {
    private Checks() {}

    /** The duration when it is within the bounds. */
    public static Duration range(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }

    /** The number when it is within the bounds. */
    public static long range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be from " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }

    /** The text when it is not blank and not longer than the coordinator takes (512 characters). */
    public static String name(String name, String value) {
        if (value.isBlank() || value.length() > 512) {
            throw new IllegalArgumentException(
                    name + " must have 1 to 512 characters and not be blank; it has " + value.length() + ".");
        }
        return value;
    }
}
