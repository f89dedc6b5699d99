package dev.homeroom.queue.repair;

import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.RowRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Statements over rows of which somebody else may have some locked: these are left to a later sweep. */
final class Unlocked {
    private Unlocked() {}

    /** Runs the list as one set and, when a row of it is locked, in halves, down to that row, which is left out. */
    static <T, R> CompletionStage<List<R>> only(List<T> items, Function<List<T>, CompletionStage<List<R>>> whole) {
        return whole.apply(items).exceptionallyCompose(failure -> {
            if (!(Splitting.unwrapped(failure) instanceof RowRefusedException)) {
                return CompletableFuture.failedFuture(failure);
            }
            return items.size() == 1 ? CompletableFuture.completedFuture(List.of()) : halves(items, whole);
        });
    }

    private static <T, R> CompletionStage<List<R>> halves(
            List<T> items, Function<List<T>, CompletionStage<List<R>>> whole) {
        int middle = items.size() / 2;
        return only(items.subList(0, middle), whole)
                .thenCompose(first -> only(items.subList(middle, items.size()), whole)
                        .thenApply(second -> {
                            var both = new ArrayList<>(first);
                            both.addAll(second);
                            return both;
                        }));
    }
}
