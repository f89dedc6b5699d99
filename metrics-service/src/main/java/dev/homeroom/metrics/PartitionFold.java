package dev.homeroom.metrics;

import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Rollup;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.ShadowRevision;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentRun;
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
    private final Bounds bounds;
    private final LinkedHashMap<Student, Remembered> memory = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;
    /** Of the rules by which the states in memory were made. */
    private long version;

    private long erasures;

    /**
     * How much of a partition is kept in memory; what is heard of the longest time ago makes room.
     *
     * @param students at most
     * @param bytes of their states, about; a heap full of states leaves the collector no peace
     */
    public record Bounds(int students, long bytes) {}

    private record Remembered(StudentState state, int weight) {}

    /** A fold with an empty memory. */
    public PartitionFold(FoldStore store, Bounds bounds) {
        this.store = store;
        this.bounds = bounds;
    }

    /** The same, whatever the states weigh. */
    public PartitionFold(FoldStore store, int students) {
        this(store, new Bounds(students, Long.MAX_VALUE));
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
        weight = 0;
    }

    private void remember(Student student, StudentState state) {
        Remembered next = new Remembered(state, state.weight());
        Remembered before = memory.put(student, next);
        weight += next.weight() - (before == null ? 0 : before.weight());
    }

    private void makeRoom() {
        while (memory.size() > bounds.students() || weight > bounds.bytes()) {
            weight -= memory.pollFirstEntry().getValue().weight();
        }
    }

    /** Nobody here knows whose name it is: all are forgotten, and loaded again when they act. */
    private void forgetErased(long latest) {
        if (latest != erasures) {
            drop();
            erasures = latest;
        }
    }

    private FoldStore.Result commit(Slice slice, Work folding) {
        FoldStore.Result result = store.commit(slice, folding);
        switch (result) {
            case FoldStore.Committed(Folding.Folded folded, int _, long latest) -> {
                forgetErased(latest);
                if (folding.version != version) {
                    memory.clear();
                    version = folding.version;
                }
                folded.states().forEach((student, kept) -> remember(student, kept.state()));
                makeRoom();
            }
            // After a doubtful commit the store may be ahead of the memory.
            case FoldStore.Fenced _, FoldStore.Unavailable _ -> drop();
            case FoldStore.Refused _ -> {}
        }
        return result;
    }

    /** Work on states that starts from the memory and leaves it as it is. */
    private abstract class Work implements Folding {
        final List<EpisodeRevision> revisions = new ArrayList<>();
        final List<ShadowRevision> shadows = new ArrayList<>();
        private Map<Student, StudentState> loaded = Map.of();
        /** Of the rules that hold in this transaction. */
        private long version;

        /** States that were made by other rules are no memory. */
        final Set<Student> missing(Set<Student> needed, Rulebook rules) {
            if (rules.version() == PartitionFold.this.version) {
                needed.removeAll(memory.keySet());
            }
            return needed;
        }

        final void begin(Map<Student, StudentState> found, Rulebook rules) {
            loaded = found;
            version = rules.version();
        }

        final StudentState of(Student student) {
            StudentState found = loaded.get(student);
            if (found != null) {
                return found;
            }
            Remembered known = version == PartitionFold.this.version ? memory.get(student) : null;
            return known == null ? StudentState.NONE : known.state();
        }

        final Folded folded(Map<Student, StudentState> states, Rollup rollup, int late, Rulebook rules) {
            Map<Student, Kept> kept = new LinkedHashMap<>();
            states.forEach((student, state) -> kept.put(student, new Kept(state, state.tickAt(rules, student))));
            return new Folded(kept, revisions, shadows, rollup, late);
        }
    }

    private final class Events extends Work {
        @Override
        public Set<Student> missing(List<TakenEvent> fresh, Rulebook rules) {
            Set<Student> students = new HashSet<>();
            fresh.forEach(taken -> students.add(taken.student()));
            return missing(students, rules);
        }

        @Override
        public Folded fold(List<TakenEvent> fresh, Map<Student, StudentState> loaded, Rulebook rules) {
            begin(loaded, rules);
            Rollup rollup = Rollup.empty();
            Map<Student, StudentRun> runs = new LinkedHashMap<>();
            int late = 0;
            for (TakenEvent taken : fresh) {
                Seat seat = taken.seat();
                rollup.add(seat, taken.observed());
                StudentRun run = runs.computeIfAbsent(taken.student(), student -> new StudentRun(rules, of(student)));
                late += run.observe(seat, taken.observed(), revisions, shadows) ? 1 : 0;
            }
            Map<Student, StudentState> states = new LinkedHashMap<>();
            runs.forEach((student, run) -> states.put(student, run.state()));
            return folded(states, rollup, late, rules);
        }
    }

    private final class Silence extends Work {
        private final List<Student> students;
        private final Instant now;

        Silence(List<Student> students, Instant now) {
            this.students = students;
            this.now = now;
        }

        @Override
        public Set<Student> missing(List<TakenEvent> fresh, Rulebook rules) {
            return missing(new HashSet<>(students), rules);
        }

        @Override
        public Folded fold(List<TakenEvent> fresh, Map<Student, StudentState> loaded, Rulebook rules) {
            begin(loaded, rules);
            Map<Student, StudentState> states = new LinkedHashMap<>();
            for (Student student : students) {
                StudentState.Outcome outcome = of(student).tick(rules, student, now);
                states.put(student, outcome.state());
                revisions.addAll(outcome.revisions());
                shadows.addAll(outcome.shadows());
            }
            return folded(states, Rollup.empty(), 0, rules);
        }
    }
}
