package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StudentRunTest {
    private static final Student STUDENT = new Student("c1", "s1");
    private static final List<EventKind> KINDS = List.of(EventKind.values());
    private static final Rulebook RULES = new Fold(Samples.ALL);

    /** Mostly in order, some late, some far too late, pauses in which episodes end, and more apps than are remembered. */
    private static List<Observed> events(Random random) {
        List<Observed> events = new ArrayList<>();
        Instant at = Instant.parse("2026-03-02T09:00:00Z");
        for (int i = 0; i < 300; i++) {
            at = at.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 8_000_000 : 1_500));
            int delay = random.nextInt(6) > 0 ? 0 : random.nextInt(random.nextInt(4) == 0 ? 30_000 : 8_000);
            EventKind kind = KINDS.get(random.nextInt(KINDS.size()));
            boolean judged = kind == EventKind.ATTEMPT || kind == EventKind.SUBMIT;
            events.add(new Observed(
                    Samples.uuid(random),
                    kind,
                    "t" + random.nextInt(3),
                    "k" + random.nextInt(2),
                    judged ? (Boolean) (random.nextInt(4) == 0) : null,
                    at.minusMillis(delay),
                    at.plusMillis(random.nextInt(10) == 0 ? 40_000 : 40)));
        }
        return events;
    }

    private static Seat seat(Random random) {
        return STUDENT.seat(random.nextInt(8) > 0 ? "quiz" : "app" + random.nextInt(24));
    }

    @Test
    @DisplayName(
            "R-M3: events folded in one run leave the state, and tell the revisions, of events folded one at a time")
    void sameAsOneAtATime() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Observed> events = events(random);
            StudentState single = StudentState.NONE;
            StudentState state = StudentState.NONE;
            List<EpisodeRevision> singly = new ArrayList<>();
            List<EpisodeRevision> told = new ArrayList<>();
            int next = 0;
            while (next < events.size()) {
                StudentRun run = new StudentRun(RULES, state);
                int until = Math.min(events.size(), next + 1 + random.nextInt(60));
                for (; next < until; next++) {
                    Seat seat = seat(random);
                    StudentState.Outcome one = single.observe(RULES, seat, events.get(next));
                    single = one.state();
                    singly.addAll(one.revisions());
                    boolean late = run.observe(seat, events.get(next), told, new ArrayList<>());
                    assertThat(late).isEqualTo(one.late());
                }
                state = run.state();
                assertThat(told).isEqualTo(singly);
                assertThat(state).isEqualTo(single);
                assertThat(state.lanes().sequencedKeySet())
                        .containsExactlyElementsOf(single.lanes().sequencedKeySet());
            }
        }
    }
}
