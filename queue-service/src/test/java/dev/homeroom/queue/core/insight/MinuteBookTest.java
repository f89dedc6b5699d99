package dev.homeroom.queue.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a replica has seen is counted once, whether it has been written or not (R-Q10). */
class MinuteBookTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final UUID replica = UUID.randomUUID();
    private final MinuteBook book = new MinuteBook(replica, () -> now);

    @Test
    void countsByMinuteTypeAndLesson() {
        see("build", "l1");
        see("build", "l1");
        see("build", null);
        now = NOON.plusSeconds(59);
        see("check", "l1");
        now = NOON.plusSeconds(60);
        see("build", "l1");
        assertThat(book.unwritten().rows())
                .extracting(row -> row.minute() + " " + row.type() + " " + row.lesson() + " "
                        + row.tally().of(Tally.Event.ENQUEUED))
                .containsExactlyInAnyOrder(
                        NOON + " build l1 2",
                        NOON + " build  1",
                        NOON + " check l1 1",
                        NOON.plusSeconds(60) + " build l1 1");
    }

    @Test
    void nothingIsCountedTwiceOrLostWhileItIsBeingWritten() {
        var table = new ArrayList<MinuteRow>();
        see("a", null);
        var first = book.flush();
        see("a", null);
        var before = book.unwritten();
        assertThat(total(before.with(table))).as("on its way").isEqualTo(2);
        table.addAll(first.getFirst());
        assertThat(total(before.with(table))).as("written after it was asked").isEqualTo(2);
        book.written(first.getFirst());
        assertThat(total(book.unwritten().with(table))).as("written").isEqualTo(2);
        var stillBefore = book.unwritten();
        var second = book.flush();
        table.addAll(second.getFirst());
        book.written(second.getFirst());
        assertThat(total(stillBefore.with(table)))
                .as("flushed after it was asked")
                .isEqualTo(2);
        table.add(new MinuteRow(
                NOON, UUID.randomUUID(), 9, "a", "", first.getFirst().getFirst().tally()));
        assertThat(total(book.unwritten().with(table))).as("another replica").isEqualTo(3);
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgainUpToABound() {
        for (int i = 0; i < MinuteBook.MOST_FLUSHES + 3; i++) {
            see("a", null);
            assertThat(book.flush()).hasSize(Math.min(i + 1, MinuteBook.MOST_FLUSHES));
        }
        assertThat(total(book.unwritten().rows())).isEqualTo(MinuteBook.MOST_FLUSHES);
    }

    @Test
    void anIdleReplicaWritesNothing() {
        assertThat(book.flush()).isEmpty();
    }

    @Test
    void typesAboveTheBoundShareOneRow() {
        for (int i = 0; i < 1_000; i++) {
            see("t" + i, "l" + i);
        }
        assertThat(book.unwritten().rows()).hasSize(MinuteBook.MOST_CELLS + 1);
        assertThat(total(book.unwritten().rows())).isEqualTo(1_000);
        assertThat(book.unwritten().rows())
                .filteredOn(row -> row.type().equals(MinuteBook.OTHER))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.tally().of(Tally.Event.ENQUEUED)).isEqualTo(1_000 - MinuteBook.MOST_CELLS));
    }

    private void see(String type, @org.jspecify.annotations.Nullable String lesson) {
        book.saw(List.of(new Seen.Enqueued(type, lesson)));
    }

    private static long total(List<MinuteRow> rows) {
        return rows.stream()
                .mapToLong(row -> row.tally().of(Tally.Event.ENQUEUED))
                .sum();
    }
}
