package dev.homeroom.metrics.core;

import org.jspecify.annotations.Nullable;

/**
 * What a detector looks at within an app: an element or exercise, a skill, or, with neither, the app as a whole.
 *
 * @param target the element or exercise
 * @param skill the skill
 */
public record Subject(@Nullable String target, @Nullable String skill) {
    /** The app as a whole. */
    public static final Subject APP = new Subject(null, null);

    /** An element or exercise, or the app as a whole when none is told. */
    public static Subject target(@Nullable String target) {
        return target == null ? APP : new Subject(target, null);
    }

    /** A skill. */
    public static Subject skill(String skill) {
        return new Subject(null, skill);
    }
}
