package dev.homeroom.queue.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Several stages at once. */
final class All {
    private All() {}

    /** Their values, in their order; fails when one of them does. */
    static <T> CompletionStage<List<T>> of(List<? extends CompletionStage<T>> stages) {
        CompletionStage<List<T>> all = CompletableFuture.completedFuture(new ArrayList<>(stages.size()));
        for (var stage : stages) {
            all = all.thenCombine(stage, (values, value) -> {
                values.add(value);
                return values;
            });
        }
        return all;
    }
}
