package dev.homeroom.metrics.postgres;

import static dev.homeroom.metrics.Samples.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.local.testing.TestTimescale;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What only TimescaleDB does. Runs where {@code homeroom.test.jdbc-url} names such a server or Docker is; the other tests of this
 * package run on either database and see no difference.
 */
class TimescaleTest {
    private static final String TOPIC = "topic";

    private final Instant old = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(30));
    private @Nullable FoldDatabase made;
    private long next;

    @BeforeEach
    void start() {
        var fresh = TestTimescale.freshDatabase();
        assumeTrue(fresh.isPresent(), "there is neither a server with TimescaleDB nor Docker");
        made = new FoldDatabase(fresh.get());
    }

    @AfterEach
    void stop() {
        if (made != null) {
            made.close();
        }
    }

    private FoldDatabase database() {
        if (made == null) {
            throw new IllegalStateException("not started");
        }
        return made;
    }

    /** How many of these were new. */
    private int observe(FoldStore store, MetricEvent... events) {
        store.position(TOPIC, 0, "id", 0);
        var taken = Arrays.stream(events).map(Samples::taken).toList();
        var slice = new Slice(TOPIC, 0, next, next + events.length, taken);
        next += events.length;
        return new PartitionFold(store, 100).observe(slice) instanceof FoldStore.Committed done ? done.fresh() : -1;
    }

    private MetricEvent[] homework(String student) {
        return IntStream.range(0, 500)
                .mapToObj(i -> attempt("c", student, i % 3 == 0, old.plusSeconds(20L * i)))
                .toArray(MetricEvent[]::new);
    }

    @Test
    @DisplayName("R-M2: events and minutes are hypertables, hours and days real-time aggregates, with their policies")
    void shape() {
        assertThat(database().rows("SELECT metrics.storage_kind()")).containsExactly("continuous");
        assertThat(database()
                        .rows("SELECT hypertable_name, compression_enabled FROM timescaledb_information.hypertables"
                                + " WHERE hypertable_schema = 'metrics' ORDER BY 1"))
                .containsExactly("event|t", "minute_rollup|f");
        assertThat(database()
                        .rows("SELECT view_name, materialized_only FROM timescaledb_information.continuous_aggregates"
                                + " ORDER BY 1"))
                .containsExactly("day_rollup|f", "hour_rollup|f");
        assertThat(database()
                        .number("SELECT count(*) FROM timescaledb_information.jobs WHERE proc_name IN"
                                + " ('policy_compression', 'policy_refresh_continuous_aggregate')"))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("R-M1 R-M2: compressed events are still known: what is sent again counts once, what is new is taken")
    void compressedEventsAreKnown() {
        FoldStore store = database().store();
        MetricEvent[] homework = homework("s1");
        assertThat(observe(store, homework)).isEqualTo(500);
        compress();

        assertThat(observe(store, homework)).isZero();
        assertThat(observe(store, homework("s2"))).isEqualTo(500);

        assertThat(database().number("SELECT count(*) FROM metrics.event")).isEqualTo(1_000);
        assertThat(database().number("SELECT sum(events) FROM metrics.minute_rollup"))
                .isEqualTo(1_000);
        database().refresh();
        assertThat(database().number("SELECT sum(events) FROM metrics.day_rollup"))
                .isEqualTo(1_000);
    }

    @Test
    @DisplayName("R-T5: a student is forgotten in compressed events, too")
    void compressedEventsAreForgotten() {
        FoldStore store = database().store();
        assertThat(observe(store, homework("s1"))).isEqualTo(500);
        assertThat(observe(store, homework("s2"))).isEqualTo(500);
        compress();
        var erasures = new PostgresErasures(database().source(), Clock.systemUTC(), Optional.empty());

        erasures.decide("s1", Instant.now());
        assertThat(erasures.deleteRows()).isGreaterThan(500);

        assertThat(database().rows("SELECT student, count(*) FROM metrics.event GROUP BY 1"))
                .containsExactly("s2|500");
    }

    @Test
    @DisplayName("R-M2: what is newer than the materialised end is in hours and days at once")
    void realTime() {
        FoldStore store = database().store();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        assertThat(observe(store, attempt("c", "s1", true, now.minus(Duration.ofDays(3)))))
                .isEqualTo(1);
        database()
                .run(
                        "CALL public.refresh_continuous_aggregate('metrics.hour_rollup', NULL, now() - INTERVAL '2 days')");
        assertThat(observe(store, attempt("c", "s1", true, now))).isEqualTo(1);

        assertThat(database().rows("SELECT sum(events) FROM metrics.hour_rollup"))
                .containsExactly("2");
        assertThat(database().rows("SELECT sum(events) FROM metrics.day_rollup"))
                .containsExactly("2");
    }

    /** What the policy does by itself twice a day. */
    private void compress() {
        database()
                .run("DO $$ BEGIN PERFORM public.compress_chunk(c) FROM public.show_chunks('metrics.event') c; END $$");
        assertThat(database().number("SELECT count(*) FROM timescaledb_information.chunks WHERE is_compressed"))
                .isPositive();
    }
}
