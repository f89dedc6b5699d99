package dev.homeroom.metrics;

import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Fold;
import dev.homeroom.metrics.core.Rollup;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fold of one partition with the states of its latest students in memory. Memory changes only after a commit, and is
 * dropped when the partition turns out to be somebody else's. Not safe for several threads.
 */
public final class PartitionFold {
    private final FoldStore store;
    private final Fold fold;
    private final int capacity;
    private final LinkedHashMap<Student, StudentState> memory = new LinkedHashMap<>(64, 0.75f, true);

    /** A fold with an empty memory of at most {@code capacity} students. */
    public PartitionFold(FoldStore store, Fold fold, int capacity) {
        this.store = store;
        this.fold = fold;
        this.capacity = capacity;
    }

    /** Writes the slice and what follows from it, in one transaction. */
    public FoldStore.Result observe(Slice slice) {
        return commit(slice, new Events());
    }

    /** Announces the silence of {@code students}, in one transaction that leaves the partition at {@code next}. */
    public FoldStore.Result tick(String topic, int partition, long next, List<Student> students, Instant now) {
        return commit(new Slice(topic, partition, next, next, List.of()), new Silence(students, now));
    }

    /** Forgets all students; they are loaded again when needed. */
    public void drop() {
        memory.clear();
    }

    private FoldStore.Result commit(Slice slice, Folding folding) {
        FoldStore.Result result = store.commit(slice, folding);
        switch (result) {
            case FoldStore.Committed(Folding.Folded folded, int _) -> {
                folded.states().forEach((student, kept) -> memory.put(student, kept.state()));
                while (memory.size() > capacity) {
                    memory.pollFirstEntry();
                }
            }
            // After a doubtful commit the store may be ahead of the memory.
            case FoldStore.Fenced _, FoldStore.Unavailable _ -> drop();
            case FoldStore.Refused _ -> {}
        }
        return result;
    }

    /** Work on states that starts from the memory and leaves it as it is. */
    private final class Draft {
        private final Map<Student, StudentState> states = new LinkedHashMap<>();
        private final List<EpisodeRevision> revisions = new ArrayList<>();
        private final Map<Student, StudentState> loaded;

        Draft(Map<Student, StudentState> loaded) {
            this.loaded = loaded;
        }

        StudentState of(Student student) {
            StudentState state = states.get(student);
            state = state == null ? memory.get(student) : state;
            state = state == null ? loaded.get(student) : state;
            return state == null ? StudentState.NONE : state;
        }

        boolean accept(Student student, StudentState.Outcome outcome) {
            states.put(student, outcome.state());
            revisions.addAll(outcome.revisions());
            return outcome.late();
        }

        Folding.Folded folded(Rollup rollup, int late) {
            Map<Student, Folding.Kept> kept = new LinkedHashMap<>();
            states.forEach((student, state) -> kept.put(student, new Folding.Kept(state, state.tickAt(fold, student))));
            return new Folding.Folded(kept, revisions, rollup, late);
        }
    }

    private final class Events implements Folding {
        @Override
        public Set<Student> missing(List<TakenEvent> fresh) {
            Set<Student> students = new HashSet<>();
            fresh.forEach(taken -> students.add(taken.student()));
            students.removeAll(memory.keySet());
            return students;
        }

        @Override
        public Folded fold(List<TakenEvent> fresh, Map<Student, StudentState> loaded) {
            Draft draft = new Draft(loaded);
            Rollup rollup = Rollup.empty();
            int late = 0;
            for (TakenEvent taken : fresh) {
                rollup.add(taken.seat(), taken.observed());
                Student student = taken.student();
                StudentState.Outcome outcome = draft.of(student).observe(fold, taken.seat(), taken.observed());
                late += draft.accept(student, outcome) ? 1 : 0;
            }
            return draft.folded(rollup, late);
        }
    }

    private final class Silence implements Folding {
        private final List<Student> students;
        private final Instant now;

        Silence(List<Student> students, Instant now) {
            this.students = students;
            this.now = now;
        }

        @Override
        public Set<Student> missing(List<TakenEvent> fresh) {
            Set<Student> missing = new HashSet<>(students);
            missing.removeAll(memory.keySet());
            return missing;
        }

        @Override
        public Folded fold(List<TakenEvent> fresh, Map<Student, StudentState> loaded) {
            Draft draft = new Draft(loaded);
            for (Student student : students) {
                draft.accept(student, draft.of(student).tick(fold, student, now));
            }
            return draft.folded(Rollup.empty(), 0);
        }
    }
}
