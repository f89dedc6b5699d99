package dev.homeroom.metrics.scorecard;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A homework of a class.
 *
 * @param name such as {@code hw03}
 * @param students their work, by pseudonym
 */
public record Homework(String name, SequencedMap<String, Work> students) {
    /** A grade below this is a low one. */
    public static final double LOW = 85;

    /**
     * The work of a student.
     *
     * @param snapshots at least one, in order of time
     * @param grade 0 to 100, if there is one
     */
    public record Work(List<Snapshot> snapshots, @Nullable Double grade) {
        /** Whether the outcome is known. */
        public boolean labelled() {
            return grade != null;
        }

        /** Whether the grade is known and low. */
        public boolean low() {
            return grade != null && grade < LOW;
        }

        /** How many snapshots are the first half: rounded down, at least one. */
        public int half() {
            return Math.max(1, snapshots.size() / 2);
        }
    }
}
