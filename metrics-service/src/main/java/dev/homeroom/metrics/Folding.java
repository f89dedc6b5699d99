package dev.homeroom.metrics;

import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Rollup;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.ShadowRevision;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pure part of a transaction: what the events that turned out to be new make of the students' states. */
public interface Folding {
    /**
     * The students whose state is needed and not in memory.
     *
     * @param rules that hold in this transaction
     */
    Set<Student> missing(List<TakenEvent> fresh, Rulebook rules);

    /**
     * Folds. Changes nothing: the transaction may still fail.
     *
     * @param fresh the events that were not in the store before, in their order
     * @param loaded the states of {@link #missing}, as far as they exist
     * @param rules that hold in this transaction
     */
    Folded fold(List<TakenEvent> fresh, Map<Student, StudentState> loaded, Rulebook rules);

    /**
     * What is to be written beside the events.
     *
     * @param states of the students that were touched
     * @param revisions of episodes, in order
     * @param shadows what rules on trial would have told, in order
     * @param rollup what the events add
     * @param late how many of the events were too old to be folded
     */
    record Folded(
            Map<Student, Kept> states,
            List<EpisodeRevision> revisions,
            List<ShadowRevision> shadows,
            Rollup rollup,
            int late) {
        /** The same, but nothing about these students; the figures stay. */
        public Folded without(Set<String> erased) {
            if (erased.isEmpty()) {
                return this;
            }
            Map<Student, Kept> others = new LinkedHashMap<>(states);
            others.keySet().removeIf(student -> erased.contains(student.id()));
            return new Folded(
                    others,
                    revisions.stream()
                            .filter(told -> !erased.contains(told.seat().student()))
                            .toList(),
                    shadows.stream()
                            .filter(told ->
                                    !erased.contains(told.revision().seat().student()))
                            .toList(),
                    rollup,
                    late);
        }
    }

    /**
     * A state to be kept.
     *
     * @param state of a student
     * @param tickAt when the student's silence becomes worth announcing
     */
    record Kept(StudentState state, @Nullable Instant tickAt) {}
}
