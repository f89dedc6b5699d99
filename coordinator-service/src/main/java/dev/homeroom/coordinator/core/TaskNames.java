package dev.homeroom.coordinator.core;

/** The claim of task T is the grant {@code claim:task/T}; only queue-service changes such claims. */
public final class TaskNames {
    /** What precedes a task's id in the name of its claim. */
    public static final String PREFIX = "task/";

    private TaskNames() {}

    /** The name of a task's claim. */
    public static String claim(String task) {
        return PREFIX + task;
    }

    /** The task of a claim's name; only where {@link #isTask} holds. */
    public static String task(String claim) {
        return claim.substring(PREFIX.length());
    }

    /** Whether the resource is the claim of a task. */
    public static boolean isTask(Kind kind, String name) {
        return kind == Kind.CLAIM && name.startsWith(PREFIX);
    }

    static boolean isTask(GrantKey key) {
        return isTask(key.kind(), key.name());
    }

    static GrantKey key(String task, String session) {
        String name = claim(task);
        return new GrantKey(Kind.CLAIM, name, session, name);
    }
}
