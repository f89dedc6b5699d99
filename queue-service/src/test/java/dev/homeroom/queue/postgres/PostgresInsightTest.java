package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.insight.InsightStore;
import dev.homeroom.queue.core.insight.MinuteRow;
import dev.homeroom.queue.core.insight.Seen;
import dev.homeroom.queue.core.insight.Tally;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rows tell of the queue (R-Q8, R-Q10). */
class PostgresInsightTest {
    private QueueDatabase database;
    private InsightStore rows;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        rows = new PostgresInsight(database.database());
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void minutesComeBackAsTheyWereAndARepeatChangesNothing() {
        var tally = new Tally();
        long times = 0;
        for (var event : Tally.Event.values()) {
            tally.count(event, ++times);
        }
        tally.add(new Seen.Claimed("build", "l", 1_234));
        tally.add(new Seen.Finished("build", "l", Tally.Event.COMPLETED, 3, true, 77_000));
        var minute = Instant.parse("2026-01-01T12:00:00Z");
        var row = new MinuteRow(minute, UUID.randomUUID(), 1, "build", "l", tally);
        assertThat(join(rows.flush(List.of(row)))).isOne();
        assertThat(join(rows.flush(List.of(row)))).isZero();
        assertThat(join(rows.minutes(minute, null, null))).singleElement().satisfies(back -> {
            assertThat(back).usingRecursiveComparison().ignoringFields("tally").isEqualTo(row);
            assertThat(back.tally().counts()).isEqualTo(tally.counts());
            assertThat(back.tally().waits().encoded()).isEqualTo(tally.waits().encoded());
            assertThat(back.tally().runs().encoded()).isEqualTo(tally.runs().encoded());
            assertThat(back.tally().attempts().encoded())
                    .isEqualTo(tally.attempts().encoded());
        });
        assertThat(join(rows.minutes(minute.plusMillis(1), null, null))).isEmpty();
        assertThat(join(rows.minutes(minute, "check", null))).isEmpty();
        assertThat(join(rows.minutes(minute, "build", "l"))).hasSize(1);
        join(new Housekeeping(database.database()).round(Duration.ofDays(30)));
        assertThat(join(rows.minutes(minute, null, null))).as("after a day").isEmpty();
    }

    @Test
    void depthsAreCountedFromAnIndexHoweverManyWait() {
        var store = database.store();
        join(store.enqueue(List.of(Tasks.task("build", 5), Tasks.ofLesson("l"), Tasks.later(Duration.ofHours(1)))));
        assertThat(join(rows.depths(null, null)).rows())
                .extracting(d -> d.type() + " " + d.lesson() + " " + d.tasks() + " " + d.due())
                .containsExactlyInAnyOrder("build null 2 1", "build l 1 1");
        assertThat(join(rows.depths("check", null)).rows()).isEmpty();
        assertThat(join(rows.depths(null, "l")).rows()).hasSize(1);
        String plan = String.join(
                "\n",
                database
                        .sql("EXPLAIN SELECT lane, count(*), count(*) FILTER (WHERE run_at <= now()), min(run_at)"
                                + " FROM queue.task_state WHERE state = 'pending' GROUP BY lane")
                        .stream()
                        .map(row -> row.getString(0))
                        .toList());
        assertThat(plan).contains("Index Only Scan using task_state_due");
    }
}
