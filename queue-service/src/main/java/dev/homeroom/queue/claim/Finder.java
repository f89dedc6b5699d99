package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Ageing;
import dev.homeroom.queue.core.order.Board;
import dev.homeroom.queue.core.order.Fairness;
import dev.homeroom.queue.core.order.Gathering;
import dev.homeroom.queue.core.order.Scarce;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds what is next: the board says where to look, the database what is there. Safe for concurrent use. */
public final class Finder {
    /** Reads of one search. One is the rule; more are needed when ranges turn out other than the board had them. */
    private static final int MOST_READS = 8;

    /** How long those who look on wait for news of other replicas. */
    private static final long PATIENCE_MILLIS = 100;

    private final TaskStore store;
    private final Board board;
    private final BoardKeeper keeper;
    private final Ageing ageing;
    private final Fairness fairness;
    private final Exhausted exhausted;

    /**
     * What was found.
     *
     * @param candidates for each filter in the queue's order, with their levels as priorities
     * @param competing the lessons that stood at the top level
     */
    record Found(Map<ClaimFilter, List<Candidate>> candidates, Set<@Nullable String> competing) {}

    /** Looks in this store where this board says. */
    public Finder(
            TaskStore store, Board board, BoardKeeper keeper, Ageing ageing, Fairness fairness, Exhausted exhausted) {
        this.store = store;
        this.board = board;
        this.keeper = keeper;
        this.ageing = ageing;
        this.fairness = fairness;
        this.exhausted = exhausted;
    }

    /** What is next for each filter, about so many; keys that are exhausted are passed over. */
    CompletionStage<Found> find(Map<ClaimFilter, Integer> wanted) {
        var gathering = new Gathering(board, ageing, fairness, wanted, exhausted.scarce(), keeper.now());
        return read(gathering, 1);
    }

    /**
     * What is next, for those who look on: after a look at what other replicas have enqueued.
     *
     * @param blocked limit keys that count as exhausted; no others do
     * @param limit at most so many
     */
    public CompletionStage<List<Candidate>> ranked(ClaimFilter filter, Collection<String> blocked, int limit) {
        return keeper.refreshed()
                .toCompletableFuture()
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenCompose(_ -> {
                    var scarce = new Scarce(Set.copyOf(blocked), Map.of());
                    return read(new Gathering(board, ageing, fairness, Map.of(filter, limit), scarce, keeper.now()), 1);
                })
                .thenApply(found -> found.candidates().getOrDefault(filter, List.of()).stream()
                        .limit(limit)
                        .toList());
    }

    /** The limit keys that had no free permit a moment ago. */
    public Set<String> exhausted() {
        return exhausted.scarce().exhausted();
    }

    private CompletionStage<Found> read(Gathering gathering, int number) {
        var picks = gathering.next();
        if (picks.isEmpty() || number > MOST_READS) {
            return CompletableFuture.completedFuture(new Found(gathering.found(), gathering.competing()));
        }
        return store.due(picks).thenCompose(rows -> {
            gathering.read(rows);
            return read(gathering, number + 1);
        });
    }

    /** Whether anything seems to be due for this filter; asks nobody. */
    boolean hasDue(ClaimFilter filter) {
        return board.hasDue(filter, exhausted.scarce(), keeper.now());
    }

    /** The coordinator had no permit of these keys. */
    void exhausted(Collection<String> keys) {
        exhausted.mark(keys);
    }

    /** These were claimed, in competition with these lessons. */
    void served(Collection<List<Task>> claimed, Set<@Nullable String> competing) {
        var lessons = new ArrayList<@Nullable String>();
        for (var tasks : claimed) {
            for (var task : tasks) {
                lessons.add(task.lesson());
                exhausted.granted(task);
            }
        }
        if (!lessons.isEmpty()) {
            fairness.served(lessons, competing);
        }
    }
}
