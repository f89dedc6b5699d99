package dev.homeroom.queue.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who may hold which task: the coordinator, seen from the queue. Every answer is linearizable and comes within a bounded
 * time; a coordinator that cannot be reached fails the stage with {@link QueueException} of {@link Rejection.Unavailable},
 * and whether the request took effect is then unknown. Safe for concurrent use.
 */
public interface GrantAuthority {
    /** The most items of one call, of every kind. */
    int MAX_ITEMS = 512;

    /** Grants claims; the answers are in the order of the requests. Tasks that are held already are passed over. */
    CompletionStage<List<ClaimAnswer>> claim(List<ClaimRequest> requests);

    /** Pushes a task to a session; the same again, while the session has not begun it, gets the same answer. */
    CompletionStage<AssignAnswer> assign(AssignRequest request);

    /** What this run of a session can do; empty when it is over. */
    CompletionStage<Optional<Set<String>>> capabilities(Owner owner);

    /** Gives each claim {@code ttl} from now on; the answers are in the order of the holds. */
    CompletionStage<List<RenewAnswer>> renew(List<Hold> holds, Duration ttl);

    /** Ends claims; one that is not held with that token any more is passed over. Answers how many ended. */
    CompletionStage<Integer> release(List<Hold> holds);

    /** From now on every token is above {@code floor}; answers the lowest possible next one. */
    CompletionStage<Long> raiseTokenFloor(long floor);

    /**
     * The live claims on tasks.
     *
     * @param after where the page begins, null for the first
     * @param limit at most so many, up to 1,000
     * @param olderThan only claims at least this old
     */
    CompletionStage<HeldPage> list(@Nullable String after, int limit, Duration olderThan);

    /** Who holds the task now. */
    CompletionStage<Optional<HeldTask>> holder(UUID task);
}
