package dev.homeroom.queue.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a claim takes.
 *
 * @param types the types it takes, sorted, without repetition; empty: every type
 * @param lesson only tasks of this lesson; null: of any or none
 */
public record ClaimFilter(List<String> types, @Nullable String lesson) {
    /** Takes every task. */
    public static final ClaimFilter ANY = new ClaimFilter(List.of(), null);

    /** Sorts the types, so that equal filters share one scan. */
    public ClaimFilter {
        types = types.stream().distinct().sorted().toList();
    }

    /** Whether a task of this type and lesson passes. */
    public boolean takes(String type, @Nullable String taskLesson) {
        return (types.isEmpty() || types.contains(type)) && (lesson == null || lesson.equals(taskLesson));
    }
}
