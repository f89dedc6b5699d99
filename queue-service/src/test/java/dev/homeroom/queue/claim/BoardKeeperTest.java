package dev.homeroom.queue.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Board;
import dev.homeroom.queue.core.order.Heads;
import dev.homeroom.queue.core.order.Lane;
import dev.homeroom.queue.core.order.Scarce;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a replica takes for the database's time. */
class BoardKeeperTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Lane LANE = Lane.of("build", null, List.of());

    private final AtomicLong nanos = new AtomicLong();
    private final Board board = new Board();
    private final CompletableFuture<Heads> page = new CompletableFuture<>();
    private final BoardKeeper keeper = new BoardKeeper(store(), board, nanos::get, START);

    @Test
    @DisplayName("R-Q5: what was enqueued a moment ago is due at once, however far our clock is behind")
    void dueAtOnce() {
        var ahead = START.plusSeconds(3);
        keeper.note(LANE, 5, ahead, ahead);
        assertThat(board.hasDue(ClaimFilter.ANY, Scarce.NOTHING, keeper.now())).isTrue();
        keeper.note(LANE, 5, START, START);
        assertThat(keeper.now()).isEqualTo(ahead);
    }

    @Test
    void aTaskForLaterDoesNotMoveTheClock() {
        keeper.note(LANE, 5, START.plusSeconds(60), START);
        assertThat(keeper.now()).isEqualTo(START);
        assertThat(board.hasDue(ClaimFilter.ANY, Scarce.NOTHING, keeper.now())).isFalse();
    }

    @ParameterizedTest(name = "told {0} ms: {1} ms")
    @CsvSource({"10, 18", "2, 13", "5000, 5000", "-5000, -4989"})
    void aPageTellsBetweenWhichTimesItIs(long told, long now) {
        keeper.note(LANE, 5, START, START.plusMillis(8));
        keeper.refreshed();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
        // It was that time at some moment of the last 10 ms; one more for the rounding.
        page.complete(new Heads(List.of(), START.plusMillis(told)));
        assertThat(keeper.now()).isEqualTo(START.plusMillis(now));
    }

    private TaskStore store() {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, args) -> page);
    }
}
