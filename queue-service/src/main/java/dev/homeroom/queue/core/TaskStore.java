package dev.homeroom.queue.core;

import dev.homeroom.queue.core.order.Heads;
import dev.homeroom.queue.core.order.Pick;
import dev.homeroom.queue.core.order.Range;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The truth about tasks. Each method is one statement, or several that are harmless to repeat; answers to lists are in the
 * order of the lists, and a list is taken as a whole or not at all. A row that the database refuses fails the stage with
 * {@link RowRefusedException}: the caller may split the list. Safe for concurrent use.
 */
public interface TaskStore {
    /** Enqueues tasks; sees to it that their lessons exist. */
    CompletionStage<List<Enqueued>> enqueue(List<NewTask> tasks);

    /** The oldest task of each range that has pending tasks, due or not, behind {@code after}; at most so many. */
    CompletionStage<Heads> heads(Range after, int limit);

    /**
     * The tasks of each range that are due and whose deadline has not passed, oldest first; takes no locks, so each may
     * be gone a moment later.
     */
    CompletionStage<List<List<Candidate>>> due(List<Pick> picks);

    /** An unfinished task as a candidate, due or not; empty when it is over. */
    CompletionStage<Optional<Candidate>> candidate(UUID task);

    /** Writes grants into the rows of their tasks. */
    CompletionStage<List<ClaimResult>> claim(List<GrantedClaim> claims);

    /** What each of these claims got when it was made before and is still held; in their order. */
    CompletionStage<List<List<Task>>> claimedBefore(List<ClaimRepeat> repeats);

    /** Finishes attempts; an empty answer means that the row is not claimed with that token. No task twice in a list. */
    CompletionStage<List<Optional<Receipt>>> finish(List<FinishOrder> orders);

    /** Calls a task off whoever holds it, because the subject {@code by} asked; empty when it is over already. */
    CompletionStage<Optional<Receipt>> cancel(UUID task, @Nullable String reason, String by);

    /** The finish that was made with this token, if there was one. */
    CompletionStage<Optional<Receipt>> finished(UUID task, long token);

    /** Notes the new deadline of a claim; false when the row is not claimed with that token any more. */
    CompletionStage<Boolean> renewed(Hold hold, TaskGrant grant);

    /** Takes ended grants out of the rows; answers which rows changed. */
    CompletionStage<List<UUID>> grantsEnded(List<GrantEnd> ends);

    /**
     * Fences grants whose claim did not arrive: raises the token of each row that has not seen it, then answers those
     * that are not the present claim of their row and thus can be released.
     */
    CompletionStage<List<HeldTask>> fence(List<HeldTask> grants);

    /** Which of these were called off by somebody else, so that their holders have to be told. */
    CompletionStage<Set<UUID>> calledOff(List<HeldTask> grants);

    /** Claimed rows above a token, in the order of tokens. */
    CompletionStage<List<ClaimedRow>> claimed(long afterToken, int limit);

    /** The highest token that any row or recent transition has. */
    CompletionStage<Long> highestToken();

    /** One task. */
    CompletionStage<Optional<Task>> find(UUID task);

    /** A page of tasks. */
    CompletionStage<TaskPage> list(TaskQuery query);

    /** The transitions of a task, in their order. */
    CompletionStage<List<Receipt>> history(UUID task);

    /** How many tasks there are. */
    CompletionStage<TaskCounts> counts();
}
