package dev.homeroom.queue.assign;

import dev.homeroom.queue.claim.Obstacles;
import dev.homeroom.queue.claim.TokenFloor;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import dev.homeroom.queue.core.Assignment;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimResult;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.TaskStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a task to a session that did not ask for it (requirement R-Q6). The steps are those of a claim: the grant first,
 * then the guarded write of its token, so the attempt counts as begun, and every crash in between is repaired by the
 * sweep. The coordinator tells the session with each heartbeat until it shows that it knows, and otherwise ends the grant:
 * a task that nobody began comes back. Nobody assigns by itself: sessions ask for work, operators and agents assign.
 *
 * <p>Safe for concurrent use.
 */
public final class AssignDesk {
    private static final String LAPSED =
            "an assignment of it has ended again before anybody finished it; assign it anew,"
                    + " with another requestId if there was one";

    private final TaskStore store;
    private final GrantAuthority authority;
    private final Consumer<Hold> releases;
    private final TokenFloor floor;
    private final Obstacles obstacles;

    /** Between these parts; {@code releases} takes what the coordinator shall let go. */
    public AssignDesk(
            TaskStore store, GrantAuthority authority, Consumer<Hold> releases, TokenFloor floor, Obstacles obstacles) {
        this.store = store;
        this.authority = authority;
        this.releases = releases;
        this.floor = floor;
        this.obstacles = obstacles;
    }

    /**
     * Gives the task away. Asking again while the session has it gets the same answer; with a {@code requestId} that is
     * promised whoever else has been assigned meanwhile, and once that assignment is over the repeat says so.
     *
     * @param session which session; null: the best one that is available
     * @param ttl how long the claim lives without renewal
     */
    public CompletionStage<Assignment> assign(
            UUID task, @Nullable String session, Duration ttl, @Nullable String requestId) {
        return obstacles
                .none(task)
                .thenCompose(_ -> store.candidate(task))
                .thenCompose(found -> found.isEmpty()
                        ? obstacles.found(task, LAPSED)
                        : ask(new AssignRequest(session, found.get(), ttl, requestId)));
    }

    private CompletionStage<Assignment> ask(AssignRequest request) {
        return authority.assign(request).thenCompose(answer -> switch (answer) {
            case AssignAnswer.Assigned assigned -> write(request.task(), assigned);
            case AssignAnswer.Refused(var problem) ->
                CompletableFuture.failedFuture(new QueueException(new Rejection.Refused(problem)));
        });
    }

    private CompletionStage<Assignment> write(Candidate task, AssignAnswer.Assigned assigned) {
        var holder = assigned.holder();
        var owner = new Owner(holder.session(), holder.incarnation());
        var place = new Place(holder.host(), holder.repo());
        var claim = new GrantedClaim(owner, GrantedClaim.ASSIGNED, assigned.grant(), place);
        return Splitting.run(List.of(claim), store::claim).thenCompose(results -> switch (results.getFirst()) {
            case Splitting.Result.Done(ClaimResult.Applied applied) ->
                CompletableFuture.completedFuture(new Assignment(applied.task(), holder, assigned.score()));
            case Splitting.Result.Done(ClaimResult.Refused refused) -> undo(task.task(), refused);
            case Splitting.Result.Failed(var failure) -> {
                // One whose write got no answer is left to the sweep, for the row may have it.
                if (!(failure instanceof QueueException e && e.rejection() instanceof Rejection.TimedOut)) {
                    releases.accept(claim.hold());
                }
                yield CompletableFuture.failedFuture(failure);
            }
        });
    }

    /**
     * The row did not take the token: the task was finished, put off or claimed meanwhile, or this is the repeat of an
     * assignment that is over.
     */
    private CompletionStage<Assignment> undo(UUID task, ClaimResult.Refused refused) {
        releases.accept(refused.claim().hold());
        if (refused.byNewerToken()) {
            floor.raise();
        }
        return obstacles.found(task, LAPSED);
    }
}
