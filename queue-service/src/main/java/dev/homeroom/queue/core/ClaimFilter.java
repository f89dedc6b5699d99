package dev.homeroom.queue.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a claim takes.
 *
 * @param types the types it takes, sorted, without repetition; empty: every type
 * @param lesson only tasks of this lesson; null: of any or none
 * @param able what the session can do, as far as that is known here; null: it is not, and the coordinator decides
 */
public record ClaimFilter(
        List<String> types,
        @Nullable String lesson,
        @Nullable Set<String> able) {
    /** Takes every task. */
    public static final ClaimFilter ANY = new ClaimFilter(List.of(), null);

    /** Sorts the types, so that equal filters share one scan. */
    public ClaimFilter {
        types = types.stream().distinct().sorted().toList();
        able = able == null ? null : Set.copyOf(able);
    }

    /** Of a session of which it is not known what it can do. */
    public ClaimFilter(List<String> types, @Nullable String lesson) {
        this(types, lesson, null);
    }

    /** The same for a session that can do that. */
    public ClaimFilter by(Set<String> capabilities) {
        return new ClaimFilter(types, lesson, capabilities);
    }

    /** Whether a task of this type and lesson, which needs these capabilities, passes. */
    public boolean takes(String type, @Nullable String taskLesson, List<String> capabilities) {
        return (types.isEmpty() || types.contains(type))
                && (lesson == null || lesson.equals(taskLesson))
                && (able == null || capabilities.isEmpty() || able.containsAll(capabilities));
    }
}
