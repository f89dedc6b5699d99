package dev.homeroom.coordinator.core;

/**
 * A limit that was set, or is in use.
 *
 * @param permits its capacity; {@link #UNSET}: the default of the settings
 * @param used permits held, by grants of its own and by task claims
 */
public record Limit(String key, int permits, int used) {
    /** Nobody has set the capacity. */
    public static final int UNSET = -1;

    int capacity(Settings settings) {
        return permits == UNSET ? settings.permits() : permits;
    }
}
