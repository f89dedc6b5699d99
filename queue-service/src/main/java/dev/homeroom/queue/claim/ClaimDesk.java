package dev.homeroom.queue.claim;

import dev.homeroom.queue.coalesce.Coalescer;
import dev.homeroom.queue.core.ClaimRepeat;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Claims tasks: many sessions' claims in one round, see {@link ClaimRound}. Safe for concurrent use.
 */
public final class ClaimDesk {
    /** How often a claim that lost all its candidates to others looks again. */
    private static final int LOOKS = 3;

    private final TaskStore store;
    private final ClaimRound round;
    private final Coalescer<Claim, Taken> lane;

    /** Runs rounds of this size. */
    public ClaimDesk(TaskStore store, ClaimRound round, Coalescer.Bounds bounds) {
        this.store = store;
        this.round = round;
        this.lane = new Coalescer<>("claims", bounds, claim -> UUID.randomUUID(), this::run);
    }

    /** What is next for this session; empty when nothing is due. */
    public CompletionStage<List<Task>> claim(Claim claim) {
        return look(claim, 1);
    }

    private CompletionStage<List<Task>> look(Claim claim, int number) {
        return lane.submit(claim).thenCompose(taken -> {
            if (taken.rejection() != null) {
                return CompletableFuture.failedFuture(new QueueException(taken.rejection()));
            }
            boolean beaten = taken.tasks().isEmpty() && taken.candidates();
            return beaten && number < LOOKS && claim.only() == null
                    ? look(claim.again(), number + 1)
                    : CompletableFuture.completedFuture(taken.tasks());
        });
    }

    /** Claims whose tasks are held already were answered before; the others go through a round. */
    private CompletionStage<List<Taken>> run(List<Claim> claims) {
        var repeats = claims.stream()
                .filter(c -> c.request().recognisable())
                .map(c -> new ClaimRepeat(c.owner(), c.request().seq()))
                .toList();
        if (repeats.isEmpty()) {
            return round.run(claims);
        }
        return store.claimedBefore(repeats).thenCompose(before -> {
            var answers = new ArrayList<Taken>();
            var open = new ArrayList<Claim>();
            var held = before.iterator();
            for (var claim : claims) {
                var tasks = claim.request().recognisable() ? held.next() : List.<Task>of();
                answers.add(new Taken(tasks, true, null));
                if (tasks.isEmpty()) {
                    open.add(claim);
                }
            }
            return round.run(open).thenApply(taken -> merged(answers, taken));
        });
    }

    private static List<Taken> merged(List<Taken> before, List<Taken> open) {
        var fresh = open.iterator();
        return before.stream()
                .map(taken -> taken.tasks().isEmpty() ? fresh.next() : taken)
                .toList();
    }
}
