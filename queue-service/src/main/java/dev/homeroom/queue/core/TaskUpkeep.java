package dev.homeroom.queue.core;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What operators and time do to tasks, beside the hot path: each call is one bounded portion and harmless to repeat, on
 * any replica, on several at once. Safe for concurrent use.
 */
public interface TaskUpkeep {
    /** The next portion of failed tasks that fit, oldest first. */
    CompletionStage<FailedPage> failed(FailedQuery query);

    /** Puts tasks back that are over; answers the steps of those that were. What is not over (any more) is passed over. */
    CompletionStage<List<Receipt>> retry(RetryOrder order);

    /** Ends pending tasks whose deadline has passed, at most {@code limit}, the earliest first; answers how many. */
    CompletionStage<Integer> expire(int limit);

    /**
     * Steps of a task in their order.
     *
     * @param afterVersion the version of the last step that is known, 0 for the first page
     * @param limit at most so many
     */
    CompletionStage<List<Receipt>> history(java.util.UUID task, int afterVersion, int limit);
}
