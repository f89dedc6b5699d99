package dev.homeroom.metrics.tuning;

import java.util.Locale;

/** What a tuning does. */
public enum Mode {
    /** It changes the rules. */
    LIVE,
    /** It is tried: what it would have told is kept and told to nobody. */
    SHADOW;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
