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

    /** Whether nothing happens to it any more by itself; a failed or cancelled one may be retried. */
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
