package dev.homeroom.queue.core;

/** Where a task stands. */
public enum TaskStatus {
    PENDING("pending", false),
    CLAIMED("claimed", false),
    COMPLETED("completed", true),
    SKIPPED("skipped", true),
    FAILED("failed", true),
    CANCELLED("cancelled", true);

    private final String word;
    private final boolean over;

    TaskStatus(String word, boolean over) {
        this.word = word;
        this.over = over;
    }

    /** The word in the database, in events and in answers. */
    public String word() {
        return word;
    }

    /** Whether nothing can happen to it any more. */
    public boolean over() {
        return over;
    }

    /**
     * The status of that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TaskStatus of(String word) {
        for (var status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("no such status: " + word);
    }
}
