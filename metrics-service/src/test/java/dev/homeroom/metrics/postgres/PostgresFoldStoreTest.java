package dev.homeroom.metrics.postgres;

import static dev.homeroom.metrics.Samples.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.Student;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresFoldStoreTest {
    private static final String TOPIC = "topic";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final FoldDatabase database = new FoldDatabase();
    private final PostgresFoldStore store = database.store();

    @AfterAll
    void stop() {
        database.close();
    }

    private PartitionFold fold() {
        return new PartitionFold(store, 100);
    }

    private static Slice slice(int partition, long from, MetricEvent... events) {
        List<TakenEvent> taken = new ArrayList<>();
        for (MetricEvent event : events) {
            taken.add(Samples.taken(event));
        }
        return new Slice(TOPIC, partition, from, from + events.length, taken);
    }

    @Test
    void aRepeatedEventIsStoredAndCountedOnce_RM1() {
        store.position(TOPIC, 0, "id", 0);
        PartitionFold fold = fold();
        MetricEvent event = attempt("once", "s1", false, now);

        FoldStore.Result first = fold.observe(slice(0, 0, event, event));
        FoldStore.Result second = fold.observe(slice(0, 2, event, attempt("once", "s1", true, now)));

        assertThat(first)
                .isInstanceOfSatisfying(
                        FoldStore.Committed.class,
                        done -> assertThat(done.fresh()).isEqualTo(1));
        assertThat(second)
                .isInstanceOfSatisfying(
                        FoldStore.Committed.class,
                        done -> assertThat(done.fresh()).isEqualTo(1));
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE classroom = 'once'"))
                .isEqualTo(2);
        assertThat(database.rows(
                        "SELECT app, skill, events, errors, attempts, successes, hints FROM metrics.minute_rollup"
                                + " WHERE classroom = 'once'"))
                .containsExactly("editor|loops|2|1|2|1|0");
        assertThat(database.rows("SELECT student, events FROM metrics.student_minute WHERE classroom = 'once'"))
                .containsExactly("s1|2");
    }

    @Test
    void aPausedConsumerIsFencedOffAndChangesNothing_RM1() {
        store.position(TOPIC, 1, "id", 0);
        PartitionFold paused = fold();
        PartitionFold successor = fold();
        MetricEvent event = attempt("fenced", "s1", false, now);
        assertThat(successor.observe(slice(1, 0, event))).isInstanceOf(FoldStore.Committed.class);

        FoldStore.Result late = paused.observe(slice(1, 0, event, attempt("fenced", "s1", false, now)));

        assertThat(late).isInstanceOf(FoldStore.Fenced.class);
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE classroom = 'fenced'"))
                .isEqualTo(1);
        assertThat(store.position(TOPIC, 1, "id", 0).next()).isEqualTo(1);
    }

    @Test
    void aSuccessorKnowsWhatItsPredecessorCommitted_RM3() {
        store.position(TOPIC, 2, "id", 0);
        for (int i = 0; i < 3; i++) {
            // Each record by a processor that starts with an empty memory, as after a crash.
            fold().observe(slice(2, i, attempt("crash", "s1", false, now.plusSeconds(i))));
        }
        assertThat(database.number("SELECT count(*) FROM metrics.episode WHERE classroom = 'crash'"))
                .isZero();

        fold().observe(slice(2, 3, attempt("crash", "s1", false, now.plusSeconds(3))));

        assertThat(database.rows("SELECT detector, status, level, revision, target, student FROM metrics.episode"
                        + " WHERE classroom = 'crash'"))
                .containsExactly("repeated-errors|open|medium|1|ex1|s1");
        assertThat(database.rows("SELECT topic, event_type, data->>'status', data->>'revision', data->>'target',"
                        + " data->'evidence'->'values'->>'errors', event_id = (data->>'id') || ':1'"
                        + " FROM metrics.outbox WHERE key = 'crash'"))
                .containsExactly("homeroom.frustration.v1|dev.homeroom.frustration.v1.changed|open|1|ex1|4.0|t");
    }

    @Test
    @DisplayName("R-M1: before a state of a later build the partition waits; nothing is refused, nothing is changed")
    void aStateOfALaterBuild() {
        store.position(TOPIC, 8, "id", 0);
        fold().observe(slice(8, 0, attempt("later", "s1", false, now)));
        database.rows("UPDATE metrics.student_state SET version = " + (StateCodec.VERSION + 1)
                + " WHERE classroom = 'later' RETURNING 1");

        FoldStore.Result result = fold().observe(slice(8, 1, attempt("later", "s1", false, now)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        FoldStore.Unavailable.class,
                        waits -> assertThat(waits.reason()).contains("this build reads up to"));
        assertThat(store.position(TOPIC, 8, "id", 0).next()).isEqualTo(1);
    }

    @Test
    void silenceEndsAnEpisodeAtItsLastEvent_RM3() {
        store.position(TOPIC, 3, "id", 0);
        PartitionFold fold = fold();
        for (int i = 0; i < 4; i++) {
            fold.observe(slice(3, i, attempt("silent", "s1", false, now.plusSeconds(i))));
        }
        Instant later = now.plus(Duration.ofMinutes(11));
        assertThat(store.silent(3, now, 10)).isEmpty();
        List<Student> silent = store.silent(3, later, 10);
        assertThat(silent).containsExactly(new Student("silent", "s1"));

        fold.tick(TOPIC, 3, 4, silent, later);

        assertThat(database.rows("SELECT status, revision, ended_at = '" + now.plusSeconds(3) + "' FROM metrics.episode"
                        + " WHERE classroom = 'silent'"))
                .containsExactly("closed|2|t");
        assertThat(store.silent(3, later, 10)).isEmpty();
    }

    @Test
    void dataThatTheDatabaseWillNeverTakeAreRefused_RM1() {
        store.position(TOPIC, 4, "id", 0);
        MetricEvent good = attempt("poison", "s1", false, now);
        MetricEvent poison = new MetricEvent(
                UUID.randomUUID(),
                "poison",
                "s2",
                "editor",
                "click",
                null,
                null,
                null,
                null,
                null,
                now,
                now,
                Map.of("k", "a\0b"));

        FoldStore.Result result = fold().observe(slice(4, 0, good, poison));

        assertThat(result).isInstanceOf(FoldStore.Refused.class);
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE classroom = 'poison'"))
                .isZero();
    }

    @Test
    void eventsOfAnyTimeFindAPartition_RM2() {
        store.position(TOPIC, 5, "id", 0);
        Instant longAgo = Instant.parse("1971-03-04T05:06:07Z");
        Instant recently = now.minus(Duration.ofDays(40));

        FoldStore.Result result = fold().observe(slice(
                5,
                0,
                attempt("times", "s1", true, longAgo),
                attempt("times", "s1", true, recently),
                attempt("times", "s1", true, now)));

        assertThat(result).isInstanceOf(FoldStore.Committed.class);
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE classroom = 'times'"))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("R-M1: times of this century are stored to the microsecond, so what is sent again is known again")
    void timesAreExact() {
        store.position(TOPIC, 9, "id", 0);
        Random random = new Random(9);
        long first = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
        MetricEvent[] sent = Stream.generate(() -> Instant.ofEpochMilli(random.nextLong(first, last)))
                .limit(400)
                .map(at -> attempt("exact", "s1", true, at))
                .toArray(MetricEvent[]::new);

        fold().observe(slice(9, 0, sent));

        assertThat(database.rows("SELECT (extract(epoch FROM occurred_at) * 1000000)::bigint FROM metrics.event"
                        + " WHERE classroom = 'exact' AND at = occurred_at AND received_at = at"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(sent)
                        .map(event -> event.occurredAt().toEpochMilli() + "000")
                        .toList());
        FoldStore.Result again = fold().observe(slice(9, sent.length, sent));
        assertThat(again)
                .isInstanceOfSatisfying(
                        FoldStore.Committed.class,
                        done -> assertThat(done.fresh()).isZero());
    }

    @Test
    void rowsInTheDefaultPartitionMoveWhenTheirWeekIsMade_RM2() {
        database.rows("SELECT 1");
        store.position(TOPIC, 6, "id", 0);
        Instant old = Instant.parse("2001-02-03T04:05:06Z");
        fold().observe(slice(6, 0, attempt("moved", "s1", true, old)));
        boolean plain = database.number("SELECT count(*) FROM pg_extension WHERE extname = 'timescaledb'") == 0;

        database.rows("SELECT metrics.ensure_event_partition('" + old + "')");

        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE classroom = 'moved'"))
                .isEqualTo(1);
        if (plain) {
            assertThat(database.number("SELECT count(*) FROM metrics.event_2001_01_29"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aLossIsNotedAndThePartitionGoesOn_RM1() {
        FoldStore.Position start = store.position(TOPIC, 7, "id", 0);

        boolean skipped = store.skip(TOPIC, 7, start, new FoldStore.Position(20, "other"), "cut");
        boolean again = store.skip(TOPIC, 7, start, new FoldStore.Position(30, "other"), "cut");

        assertThat(skipped).isTrue();
        assertThat(again).isFalse();
        assertThat(store.position(TOPIC, 7, "other", 0)).isEqualTo(new FoldStore.Position(20, "other"));
        assertThat(database.rows("SELECT from_offset, to_offset, reason FROM metrics.topic_gap WHERE partition = 7"))
                .containsExactly("0|20|cut");
    }
}
