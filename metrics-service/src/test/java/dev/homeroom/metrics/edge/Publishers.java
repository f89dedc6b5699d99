package dev.homeroom.metrics.edge;

import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import java.util.Set;

/** Publishers for tests. */
public final class Publishers {
    private Publishers() {}

    /** The app {@code quiz}, with a token for these classrooms. */
    public static Publisher of(String... classrooms) {
        return Publisher.of(ClassroomScope.of(new Caller("t", Set.of("app"), Set.of(classrooms), "quiz", null)));
    }
}
