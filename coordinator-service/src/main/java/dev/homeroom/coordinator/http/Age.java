package dev.homeroom.coordinator.http;

/** Ages in the words of people. */
final class Age {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Age() {}

    /** "30s ago", "2m ago", "5h ago", "3d ago": the largest unit that fits, rounded down. */
    static String words(long seconds) {
        if (seconds < MINUTE) {
            return seconds + "s ago";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "m ago";
        }
        return seconds < DAY ? seconds / HOUR + "h ago" : seconds / DAY + "d ago";
    }
}
