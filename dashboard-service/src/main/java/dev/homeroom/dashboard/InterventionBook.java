package dev.homeroom.dashboard;

import dev.homeroom.dashboard.core.Intervention;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The interventions, durably. Safe for use by many threads. */
public interface InterventionBook {

    /** Adds it, unless the same teacher's request of this id is there already: then the answer is that one. */
    Uni<Intervention> add(Intervention intervention, UUID requestId);

    /** The one with this id. */
    Uni<Optional<Intervention>> find(UUID id);

    /** Those of a classroom, of one student if given, latest first, older than {@code after}; at most {@code limit}. */
    Uni<List<Intervention>> list(String classroom, @Nullable String student, @Nullable UUID after, int limit);

    /** Replaces kind and note; empty when there is none with this id. */
    Uni<Optional<Intervention>> change(UUID id, Intervention.Kind kind, @Nullable String note);

    /** Removes it; false when there is none with this id. */
    Uni<Boolean> remove(UUID id);
}
