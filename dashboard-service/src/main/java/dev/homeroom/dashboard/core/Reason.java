package dev.homeroom.dashboard.core;

/** Why an alert changed without a teacher, or why a teacher closed it. */
public final class Reason {
    /** All its episodes are over. */
    public static final String RECOVERED = "recovered";
    /** All its episodes were retracted. */
    public static final String RETRACTED = "retracted";
    /** The level rose above what the teacher had seen. */
    public static final String WORSE = "worse";
    /** The trouble came back soon after it was over. */
    public static final String AGAIN = "again";
    /** The time a teacher had asked for is up, and the trouble goes on. */
    public static final String SNOOZE_OVER = "snooze-over";

    private Reason() {}
}
