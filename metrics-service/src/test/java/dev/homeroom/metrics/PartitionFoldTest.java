package dev.homeroom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a partition keeps in memory. */
class PartitionFoldTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Loads store = new Loads();

    @Test
    void aStudentInMemoryIsNotLoadedAgain() {
        var fold = new PartitionFold(store, 2);
        observe(fold, "s1", "s2", "s1", "s2");
        assertThat(store.loads).containsExactly(Set.of("s1"), Set.of("s2"), Set.of(), Set.of());
    }

    @Test
    void whoIsHeardOfLeastMakesRoomForOthers() {
        var fold = new PartitionFold(store, 2);
        observe(fold, "s1", "s2", "s1", "s3", "s1", "s2");
        assertThat(store.loads)
                .containsExactly(Set.of("s1"), Set.of("s2"), Set.of(), Set.of("s3"), Set.of(), Set.of("s2"));
    }

    @Test
    @DisplayName("R-M1: states take a bounded part of the memory, however many events of a student are remembered")
    void statesAreBoundedByWhatTheyWeigh() {
        var alone = new PartitionFold(store, new PartitionFold.Bounds(1_000, 1));
        observe(alone, "s1", "s1");
        assertThat(store.loads).containsExactly(Set.of("s1"), Set.of("s1"));
        store.loads.clear();
        var fold = new PartitionFold(store, new PartitionFold.Bounds(1_000, 20_000));
        for (int i = 0; i < 100; i++) {
            observe(fold, "s" + i);
        }
        store.loads.clear();
        observe(fold, "s99");
        observe(fold, "s0");
        assertThat(store.loads).containsExactly(Set.of(), Set.of("s0"));
    }

    private static void observe(PartitionFold fold, String... students) {
        for (String student : students) {
            List<TakenEvent> events = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                events.add(Samples.taken(Samples.attempt("c1", student, false, START.plusSeconds(i))));
            }
            assertThat(fold.observe(new Slice("events", 0, 0, 5, events))).isInstanceOf(FoldStore.Committed.class);
        }
    }

    /** Remembers who was to be loaded, and finds nobody. */
    private static final class Loads extends StandInStore {
        final List<Set<String>> loads = new ArrayList<>();

        @Override
        public Result commit(Slice slice, Folding folding) {
            Set<String> missing = new HashSet<>();
            folding.missing(slice.events(), Samples.fold()).forEach(student -> missing.add(student.id()));
            loads.add(missing);
            return new Committed(
                    folding.fold(slice.events(), Map.of(), Samples.fold()),
                    slice.events().size(),
                    0);
        }
    }
}
