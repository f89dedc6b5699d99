package dev.homeroom.metrics.query;

import java.util.Arrays;
import java.util.Optional;

/** The lengths of time that figures are kept in. Hours and days are those of UTC. */
public enum Bucket {
    MINUTE("PT1M"),
    HOUR("PT1H"),
    DAY("P1D");

    private final String word;

    Bucket(String word) {
        this.word = word;
    }

    /** As it is asked for: an ISO-8601 duration. */
    public String word() {
        return word;
    }

    /** The bucket of that word, if there is one. */
    public static Optional<Bucket> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
