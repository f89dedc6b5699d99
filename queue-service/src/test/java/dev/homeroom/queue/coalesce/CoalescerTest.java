package dev.homeroom.queue.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RowRefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalescerTest {
    private final List<List<Integer>> sets = new ArrayList<>();
    private final List<CompletableFuture<List<String>>> open = new ArrayList<>();

    @Test
    void gathersWhatComesWhileItsSlotIsBusy() {
        var lane = lane(new Coalescer.Bounds(10, 1, 1, 100));
        var answers = IntStream.range(0, 5).mapToObj(lane::submit).toList();
        assertThat(sets).containsExactly(List.of(0));
        answer(0);
        assertThat(sets).containsExactly(List.of(0), List.of(1, 2, 3, 4));
        answer(1);
        assertThat(answers).allMatch(a -> a.toCompletableFuture().isDone());
        assertThat(answers.get(3).toCompletableFuture()).isCompletedWithValue("3");
    }

    @Test
    void aSetBesideAnotherBeginsWhenItIsWorthIt() {
        var lane = lane(new Coalescer.Bounds(10, 2, 3, 100));
        IntStream.range(0, 3).forEach(lane::submit);
        assertThat(sets).containsExactly(List.of(0));
        lane.submit(3);
        assertThat(sets).containsExactly(List.of(0), List.of(1, 2, 3));
        lane.submit(4);
        lane.submit(5);
        answer(1);
        assertThat(sets).hasSize(2);
        answer(0);
        assertThat(sets).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void aSlowSetHoldsUpNobodyElse() {
        var nanos = new AtomicLong();
        var later = new ArrayDeque<Runnable>();
        var lane = new Coalescer<Integer, String>(
                "things", new Coalescer.Bounds(10, 2, 3, 100), i -> i, this::begin, nanos::get, later::add);
        lane.submit(0);
        assertThat(later).isEmpty();
        lane.submit(1);
        lane.submit(2);
        assertThat(later).hasSize(1);
        nanos.set(Coalescer.SLOW.toNanos() - 1);
        later.remove().run();
        assertThat(sets).containsExactly(List.of(0));
        nanos.incrementAndGet();
        later.remove().run();
        assertThat(sets).containsExactly(List.of(0), List.of(1, 2));
        answer(1);
        lane.submit(3);
        assertThat(sets).containsExactly(List.of(0), List.of(1, 2), List.of(3));
        assertThat(later).isEmpty();
    }

    @Test
    void aSetIsBoundedAndSoIsWhatWaits() {
        var lane = lane(new Coalescer.Bounds(2, 1, 1, 3));
        IntStream.range(0, 4).forEach(lane::submit);
        var tooMuch = lane.submit(9).toCompletableFuture();
        assertThat(tooMuch).isCompletedExceptionally();
        assertThat(tooMuch.exceptionNow())
                .isInstanceOfSatisfying(
                        QueueException.class, e -> assertThat(e.rejection()).isInstanceOf(Rejection.Overloaded.class));
        answer(0);
        assertThat(sets.get(1)).containsExactly(1, 2);
    }

    @Test
    void equalKeysAreNeverInOneSet() {
        var lane = lane(new Coalescer.Bounds(10, 1, 1, 100));
        List.of(0, 7, 7, 8, 7).forEach(lane::submit);
        answer(0);
        answer(1);
        answer(2);
        assertThat(sets).containsExactly(List.of(0), List.of(7, 8), List.of(7), List.of(7));
    }

    @Test
    void aBadRowHarmsNobodyElse() {
        var lane = new Coalescer<Integer, String>(
                "rows", new Coalescer.Bounds(100, 1, 1, 100), i -> i, CoalescerTest::refusing13);
        var answers = IntStream.range(10, 20).mapToObj(lane::submit).toList();
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i).toCompletableFuture();
            if (i == 3) {
                assertThat(answer.exceptionNow())
                        .isInstanceOfSatisfying(
                                QueueException.class,
                                e -> assertThat(e.rejection()).isInstanceOf(Rejection.Invalid.class));
            } else {
                assertThat(answer).isCompletedWithValue(String.valueOf(10 + i));
            }
        }
    }

    @Test
    void anyOtherFailureIsEverybodys() {
        var results = Splitting.<Integer, String>run(
                        List.of(1, 2), _ -> CompletableFuture.failedFuture(new IllegalStateException("gone")))
                .toCompletableFuture()
                .join();
        assertThat(results).hasSize(2).allMatch(r -> r instanceof Splitting.Result.Failed<String>);
    }

    private static CompletionStage<List<String>> refusing13(List<Integer> items) {
        return items.contains(13)
                ? CompletableFuture.failedFuture(RowRefusedException.notAllowed("13 is not allowed", new Exception()))
                : CompletableFuture.completedFuture(
                        items.stream().map(String::valueOf).toList());
    }

    private Coalescer<Integer, String> lane(Coalescer.Bounds bounds) {
        return new Coalescer<>("things", bounds, i -> i, this::begin);
    }

    private CompletionStage<List<String>> begin(List<Integer> items) {
        sets.add(items);
        var answer = new CompletableFuture<List<String>>();
        open.add(answer);
        return answer;
    }

    private void answer(int set) {
        open.get(set).complete(sets.get(set).stream().map(String::valueOf).toList());
    }
}
