package dev.homeroom.queue.claim;

import dev.homeroom.queue.coalesce.Coalescer;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.ClaimRepeat;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Claims tasks: many sessions' claims in one round, see {@link ClaimRound}. Safe for concurrent use.
 */
public final class ClaimDesk {
    /** How often a claim that lost all its candidates to others looks again. */
    private static final int LOOKS = 3;

    /** Looks that found nothing but exhausted limits, which the next one passes over, do not count up to here. */
    private static final int PROBES = 16;

    /** How long a claim waits for news of other replicas; in a queue of few ranges they take a few milliseconds. */
    private static final long PATIENCE_MILLIS = 100;

    private final TaskStore store;
    private final ClaimRound round;
    private final Finder finder;
    private final BoardKeeper keeper;
    private final Abilities abilities;
    private final Coalescer<Claim, Taken> lane;

    /** Runs rounds of this size. */
    public ClaimDesk(
            TaskStore store,
            GrantAuthority authority,
            ClaimRound round,
            Finder finder,
            BoardKeeper keeper,
            Coalescer.Bounds bounds) {
        this.store = store;
        this.round = round;
        this.finder = finder;
        this.keeper = keeper;
        this.abilities = new Abilities(authority);
        this.lane = new Coalescer<>("claims", bounds, ClaimDesk::key, this::run);
    }

    /** What is next for this session; empty when nothing is due. */
    public CompletionStage<List<Task>> claim(Claim claim) {
        return take(claim).thenApply(Taken::tasks);
    }

    /** The same, with what else there is to know; fails with the rejection. */
    CompletionStage<Taken> take(Claim claim) {
        return look(abilities.applied(claim), 1, 0);
    }

    /** The same claim, taking only what its session can do if that is known. */
    Claim applied(Claim claim) {
        return abilities.applied(claim);
    }

    private CompletionStage<Taken> look(Claim claim, int number, int probes) {
        return lane.submit(claim).thenCompose(taken -> {
            if (taken.rejection() != null) {
                return CompletableFuture.failedFuture(new QueueException(taken.rejection()));
            }
            boolean last = !taken.tasks().isEmpty() || taken.full() || claim.only() != null || number >= LOOKS;
            if (taken.passedOver() && claim.only() == null && claim.filter().able() == null) {
                var learnt = abilities.learn(claim.owner());
                if (!last) {
                    return learnt.thenCompose(_ -> look(abilities.applied(claim.again()), number + 1, probes));
                }
            }
            if (last) {
                return CompletableFuture.completedFuture(taken);
            }
            if (!taken.candidates()) {
                return lookCloser(claim, probes);
            }
            boolean probed = taken.exhausted() && probes < PROBES;
            return probed ? look(claim.again(), number, probes + 1) : look(claim.wider(), number + 1, probes);
        });
    }

    /** Before it is said that there is nothing, the database is asked what other replicas have enqueued. */
    private CompletionStage<Taken> lookCloser(Claim claim, int probes) {
        return keeper.refreshed()
                .toCompletableFuture()
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenCompose(_ -> finder.hasDue(claim.filter())
                        ? look(claim.again(), LOOKS, probes)
                        : CompletableFuture.completedFuture(Taken.NOTHING));
    }

    /** Brings what is known of the queue up to date, unless that was done a moment ago. */
    CompletionStage<Void> refreshed() {
        return keeper.mayRefresh() ? keeper.refreshed() : CompletableFuture.completedFuture(null);
    }

    /** How many tasks seem to be due for this filter, up to about {@code limit}. */
    CompletionStage<Integer> due(ClaimFilter filter, int limit) {
        return finder.hasDue(filter)
                ? finder.find(Map.of(filter, limit))
                        .thenApply(found -> Math.min(
                                limit,
                                found.candidates()
                                        .getOrDefault(filter, List.of())
                                        .size()))
                : CompletableFuture.completedFuture(0);
    }

    /**
     * A round, and then for those that got nothing a look at what they hold already. A repeat that is offered something
     * needs no such look: the coordinator knows its seq and gives the first answer again, which the rows confirm.
     */
    private CompletionStage<List<Taken>> run(List<Claim> claims) {
        return round.run(claims)
                .exceptionally(failure -> refused(claims, failure))
                .thenCompose(taken -> recalled(claims, taken));
    }

    /** Without the coordinator a repeat can still be answered from the rows. */
    private static List<Taken> refused(List<Claim> claims, Throwable failure) {
        if (Splitting.unwrapped(failure) instanceof QueueException e) {
            return claims.stream().map(_ -> Taken.refused(e.rejection())).toList();
        }
        throw new CompletionException(Splitting.unwrapped(failure));
    }

    private CompletionStage<List<Taken>> recalled(List<Claim> claims, List<Taken> taken) {
        var repeats = new ArrayList<ClaimRepeat>();
        var asking = new ArrayList<Integer>();
        for (int i = 0; i < claims.size(); i++) {
            var claim = claims.get(i);
            if (claim.request().recognisable() && taken.get(i).tasks().isEmpty()) {
                repeats.add(repeat(claim));
                asking.add(i);
            }
        }
        if (repeats.isEmpty()) {
            return CompletableFuture.completedFuture(taken);
        }
        return store.claimedBefore(repeats).thenApply(before -> {
            var answers = new ArrayList<>(taken);
            for (int n = 0; n < asking.size(); n++) {
                if (!before.get(n).isEmpty()) {
                    answers.set(asking.get(n), Taken.before(before.get(n)));
                }
            }
            return answers;
        });
    }

    private static ClaimRepeat repeat(Claim claim) {
        return new ClaimRepeat(claim.owner(), claim.request().seq());
    }

    /** A request that comes twice at once goes into two rounds: in one, both would get the tasks of both. */
    private static Object key(Claim claim) {
        return claim.request().recognisable() ? repeat(claim) : new Object();
    }
}
