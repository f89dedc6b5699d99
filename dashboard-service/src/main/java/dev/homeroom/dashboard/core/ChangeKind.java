package dev.homeroom.dashboard.core;

import java.util.Locale;

/** What happened to an alert. */
public enum ChangeKind {
    RAISED,
    MERGED,
    ACKNOWLEDGED,
    SNOOZED,
    RESOLVED,
    DISMISSED,
    REOPENED;

    /** The word that events and rows carry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
