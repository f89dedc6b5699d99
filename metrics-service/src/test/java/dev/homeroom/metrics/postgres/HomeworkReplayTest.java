package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.Homework;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A whole homework gives the same rows, however it comes and whatever happens to those who write it. */
class HomeworkReplayTest {
    private static final List<String> TABLES = List.of(
            "SELECT classroom, app, id, occurred_at, at, student, type, target, skill, outcome, context FROM metrics.event",
            "SELECT * FROM metrics.minute_rollup",
            "SELECT * FROM metrics.student_minute",
            "SELECT * FROM metrics.student_hour",
            "SELECT classroom, hour, app, skill, events, errors, attempts, successes, hints FROM metrics.hour_rollup",
            "SELECT classroom, day, app, skill, events, errors, attempts, successes, hints FROM metrics.day_rollup",
            "SELECT id, revision, status, student, app, detector, level, score, target, skill, started_at, ended_at,"
                    + " evidence FROM metrics.episode",
            "SELECT event_id, data->>'status', data->>'level', data->>'standing' FROM metrics.outbox",
            "SELECT classroom, student, partition, encode(state, 'hex'), tick_at FROM metrics.student_state");

    private final List<TakenEvent> homework =
            Homework.submissions("hw").stream().map(Samples::taken).toList();

    @Test
    void repetitionOtherBatchesAndCrashesChangeNoRow_RM1_RM3() {
        try (FoldDatabase plain = new FoldDatabase();
                FoldDatabase rough = new FoldDatabase()) {
            write(plain, homework, new Random(1), false);
            write(rough, repeated(new Random(2)), new Random(3), true);

            plain.refresh();
            rough.refresh();
            assertThat(plain.number("SELECT count(*) FROM metrics.event")).isEqualTo(homework.size());
            assertThat(plain.number("SELECT count(*) FROM metrics.episode")).isGreaterThan(50);
            for (String table : TABLES) {
                assertThat(sorted(rough, table)).as(table).isEqualTo(sorted(plain, table));
            }
        }
    }

    private static List<String> sorted(FoldDatabase database, String query) {
        return database.rows(query).stream().sorted().toList();
    }

    /** Some events come again, now or much later, as from an app or an edge that was not sure. */
    private List<TakenEvent> repeated(Random random) {
        List<TakenEvent> sent = new ArrayList<>();
        for (int i = 0; i < homework.size(); i++) {
            sent.add(homework.get(i));
            if (random.nextInt(4) == 0) {
                MetricEvent again = homework.get(random.nextInt(i + 1)).event();
                sent.add(Samples.taken(again));
            }
        }
        return sent;
    }

    private static void write(FoldDatabase database, List<TakenEvent> sent, Random random, boolean rough) {
        FoldStore store = database.store();
        store.position("t", 0, "id", 0);
        PartitionFold fold = new PartitionFold(store, 50);
        int next = 0;
        while (next < sent.size()) {
            int to = Math.min(sent.size(), next + (rough ? 1 + random.nextInt(400) : 1_000));
            Slice slice = new Slice("t", 0, next, to, sent.subList(next, to));
            assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Committed.class);
            if (rough && random.nextInt(5) == 0) {
                // The writer died after the commit, before it knew: its successor knows the store only.
                assertThat(fold.observe(slice)).isInstanceOf(FoldStore.Fenced.class);
                fold = new PartitionFold(store, 1 + random.nextInt(50));
            }
            next = to;
        }
    }
}
