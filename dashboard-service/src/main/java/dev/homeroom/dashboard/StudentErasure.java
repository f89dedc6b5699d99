package dev.homeroom.dashboard;

import io.smallrye.mutiny.Uni;

/** Forgetting students. Safe for use by many threads; every wait has a time limit. */
public interface StudentErasure {
    /**
     * Forgets a student in all classrooms: active alerts are dismissed, so that pages drop them, then everything about the
     * student is deleted, and nothing is taken any more. A repeat does no harm.
     */
    Uni<Void> erase(String student);
}
