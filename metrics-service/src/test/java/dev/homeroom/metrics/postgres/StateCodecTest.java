package dev.homeroom.metrics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.core.DetailsReader;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.TunedRules.Candidate;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.core.detector.Catalogue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    private static final Student STUDENT = new Student("c1", "s1");
    private static final List<EventKind> KINDS = List.of(EventKind.values());

    private final StateCodec codec = new StateCodec();

    /** Every detector runs, and the trial in the shadow. */
    private static TunedRules rules(long trial) {
        FoldRules rules = Samples.ALL;
        Map<String, Tuning.Change> all = Catalogue.ALL.stream()
                .collect(Collectors.toMap(entry -> entry.standard().name(), _ -> new Tuning.Change(true, Map.of())));
        Tuning everything = new Tuning(null, null, null, all);
        return new TunedRules(
                trial,
                new TunedRules.Basis(rules, everything, true),
                Map.of(),
                Map.of(new Scope("c1", "*"), new Candidate(trial, new Tuning(0.3, null, null, Map.of()))));
    }

    private static StudentState busy(TunedRules rules, Random random) {
        StudentState state = StudentState.NONE;
        Instant at = Instant.parse("2026-03-02T09:00:00Z");
        for (int i = 0; i < 200; i++) {
            at = at.plusMillis(random.nextInt(random.nextInt(8) == 0 ? 200_000 : 1_500));
            EventKind kind = KINDS.get(random.nextInt(KINDS.size()));
            boolean judged = kind == EventKind.ATTEMPT || kind == EventKind.SUBMIT;
            Map<String, Object> context = Map.of(
                    "x",
                    random.nextInt(9),
                    "y",
                    3,
                    "dead",
                    random.nextBoolean(),
                    "error",
                    "e" + random.nextInt(2),
                    "hintDepth",
                    1 + random.nextInt(3),
                    "durationMs",
                    random.nextInt(9_000));
            Observed event = new Observed(
                    Samples.uuid(random),
                    kind,
                    "t" + random.nextInt(2),
                    "k" + random.nextInt(2),
                    judged ? (Boolean) (random.nextInt(4) == 0) : null,
                    DetailsReader.read(context, null, null),
                    at,
                    at.plusMillis(40));
            Seat seat = STUDENT.seat(random.nextBoolean() ? "quiz" : "editor");
            state = state.observe(rules, seat, event).state();
        }
        return state;
    }

    @Test
    @DisplayName("R-M3: a state that is stored and read again is the same, with every detector and a trial")
    void roundTrip() {
        TunedRules rules = rules(3);
        for (long seed = 0; seed < 20; seed++) {
            StudentState state = busy(rules, new Random(seed));
            assertThat(state.shadows()).hasSize(2);

            StudentState read = codec.read(rules, STUDENT, StateCodec.VERSION, codec.write(new PackWriter(), state));

            assertThat(read).isEqualTo(state);
            assertThat(read.tickAt(rules, STUDENT)).isEqualTo(state.tickAt(rules, STUDENT));
        }
    }

    @Test
    @DisplayName("R-M3: a state takes some kilobytes at most, whatever the detectors remember")
    void small() {
        TunedRules rules = rules(3);
        for (long seed = 0; seed < 20; seed++) {
            assertThat(codec.write(new PackWriter(), busy(rules, new Random(seed))))
                    .hasSizeLessThan(20_000);
        }
    }

    @Test
    @DisplayName("R-M3: a state that is damaged is not taken for another one's beginning")
    void damaged() {
        TunedRules rules = rules(3);
        byte[] whole = codec.write(new PackWriter(), busy(rules, new Random(1)));
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.read(rules, STUDENT, StateCodec.VERSION, cut))
                    .isInstanceOf(StateCodec.UnreadableStateException.class);
        }
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> codec.read(rules, STUDENT, StateCodec.VERSION, more))
                .isInstanceOf(StateCodec.UnreadableStateException.class);
    }

    @Test
    @DisplayName("R-M3: of another trial nothing is read")
    void anotherTrial() {
        StudentState state = busy(rules(3), new Random(1));
        StudentState read = codec.read(rules(4), STUDENT, StateCodec.VERSION, codec.write(new PackWriter(), state));
        assertThat(read.shadows()).isEmpty();
        assertThat(read.lanes()).isEqualTo(state.lanes());
    }

    @Test
    @DisplayName("R-M3: states of the first version, without details and trials, are read")
    void firstVersion() {
        String first = """
                {"lanes":[{"app":"quiz","time":{"highWater":"2026-03-02T09:00:00Z","horizon":"2026-03-02T08:59:50Z",
                  "lastReceivedAt":"2026-03-02T09:00:00Z"},
                  "base":[{"detector":"repeated-errors","subject":{"target":"t"},"memory":{"marks":[
                    {"id":"00000000-0000-0001-0000-000000000001","at":"2026-03-02T08:59:00Z","success":false}]},
                    "lastAt":"2026-03-02T08:59:00Z"},
                    {"detector":"gone","subject":{},"memory":{"x":1},"lastAt":"2026-03-02T08:59:00Z"}],
                  "held":[{"id":"00000000-0000-0001-0000-000000000002","kind":"ERROR","target":"t",
                    "at":"2026-03-02T09:00:00Z","receivedAt":"2026-03-02T09:00:00Z"}],
                  "announced":{}}]}
                """;
        StudentState state = codec.read(rules(3), STUDENT, 1, first.getBytes(UTF_8));
        assertThat(Objects.requireNonNull(state.lanes().get("quiz"))
                        .held()
                        .getFirst()
                        .details()
                        .clickCount())
                .isEqualTo(1);
        assertThat(Objects.requireNonNull(state.lanes().get("quiz")).base().tracks())
                .hasSize(1);
        assertThat(state.shadows()).isEmpty();
    }
}
