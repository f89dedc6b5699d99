package dev.homeroom.dashboard.core;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher did to help a student.
 *
 * @param id of the intervention
 * @param classroom where
 * @param student whom
 * @param alert the alert that was the occasion, if one was
 * @param kind of help
 * @param note the teacher's words, at most 1000 characters
 * @param by the teacher's subject
 * @param at when
 */
public record Intervention(
        String id,
        String classroom,
        String student,
        @Nullable String alert,
        Kind kind,
        @Nullable String note,
        String by,
        Instant at) {

    /** Kinds of help. */
    public enum Kind {
        HINT,
        EXPLANATION,
        ENCOURAGEMENT,
        PAIRING,
        TASK_CHANGE,
        OTHER;

        /** The word that requests, rows and answers carry, such as {@code task-change}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The kind that a word names.
         *
         * @throws IllegalArgumentException when no kind has this word
         */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
