package dev.homeroom.queue.coalesce;

import dev.homeroom.queue.core.RowRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Runs a list as one set; when the database refuses a row of it, or somebody else has one locked, in halves, down to the
 * row that is to blame. So a bad row costs the others a few statements and nothing else. Any other failure is everybody's.
 */
public final class Splitting {
    /**
     * What became of one item.
     *
     * @param <R> of the answer
     */
    public sealed interface Result<R> {
        /** Its answer. */
        record Done<R>(R value) implements Result<R> {}

        /** Why it has none. */
        record Failed<R>(Throwable failure) implements Result<R> {}
    }

    private Splitting() {}

    /** Never fails: each item has its result, in the order of the list. */
    public static <T, R> CompletionStage<List<Result<R>>> run(
            List<T> items, Function<List<T>, CompletionStage<List<R>>> whole) {
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return attempt(items, whole)
                .<CompletionStage<List<Result<R>>>>handle((values, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(done(values));
                    }
                    var cause = unwrapped(failure);
                    if (!(cause instanceof RowRefusedException)) {
                        return CompletableFuture.completedFuture(failed(items.size(), cause));
                    }
                    return items.size() == 1
                            ? CompletableFuture.completedFuture(failed(1, cause))
                            : halves(items, whole);
                })
                .thenCompose(result -> result);
    }

    /** The failure itself, without what the stages put around it. */
    public static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static <T, R> CompletionStage<List<R>> attempt(
            List<T> items, Function<List<T>, CompletionStage<List<R>>> whole) {
        try {
            return whole.apply(items);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T, R> CompletionStage<List<Result<R>>> halves(
            List<T> items, Function<List<T>, CompletionStage<List<R>>> whole) {
        int middle = items.size() / 2;
        return run(items.subList(0, middle), whole)
                .thenCompose(
                        first -> run(items.subList(middle, items.size()), whole).thenApply(second -> {
                            var both = new ArrayList<>(first);
                            both.addAll(second);
                            return both;
                        }));
    }

    private static <R> List<Result<R>> done(List<R> values) {
        return values.stream().<Result<R>>map(Result.Done::new).toList();
    }

    private static <R> List<Result<R>> failed(int count, Throwable failure) {
        var all = new ArrayList<Result<R>>(count);
        for (int i = 0; i < count; i++) {
            all.add(new Result.Failed<>(failure));
        }
        return all;
    }
}
