package dev.homeroom.queue.claim;

import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.ClaimResult;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Patience;
import dev.homeroom.queue.finish.Releases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One round of claims: scan without locks → one call to the coordinator, with no transaction open → guarded write of the
 * tokens. A grant whose write is refused goes back; one whose write got no answer is left to the sweep, for the row may
 * have it.
 */
public final class ClaimRound {
    /** The most candidates of one scan. */
    static final int MOST_SCANNED = 2_000;

    /** Grants of one write. */
    private static final int WRITTEN_AT_ONCE = 500;

    /** Searches of one round; a second one sees what others have taken, so a third is rare. */
    private static final int MOST_SEARCHES = 3;

    private final TaskStore store;
    private final GrantAuthority authority;
    private final Releases releases;
    private final TokenFloor floor;
    private final Finder finder;
    private final Patience patience = new Patience();
    private final Underway underway = new Underway();

    /** Between these parts. */
    public ClaimRound(TaskStore store, GrantAuthority authority, Releases releases, TokenFloor floor, Finder finder) {
        this.store = store;
        this.authority = authority;
        this.releases = releases;
        this.floor = floor;
        this.finder = finder;
    }

    /** Answers in the order of the claims. */
    CompletionStage<List<Taken>> run(List<Claim> claims) {
        var round = underway.begin();
        return CompletableFuture.completedFuture(claims)
                .thenCompose(_ -> search(claims, round, 1))
                .thenCompose(found -> grant(claims, Windows.of(claims, found.candidates(), round), found))
                .whenComplete((_, _) -> round.end());
    }

    /** What is next for these claims: what another round took while this one read is not enough, where there is more. */
    private CompletionStage<Finder.Found> search(List<Claim> claims, Underway.Round round, int number) {
        var counts = counts(claims);
        int slack = claims.stream()
                .filter(claim -> claim.only() == null)
                .mapToInt(Claim::slack)
                .max()
                .orElse(0);
        int spare = slack + underway.size();
        var wanted = new HashMap<ClaimFilter, Integer>();
        counts.forEach((filter, count) -> wanted.put(filter, scanned(count + spare)));
        return finder.find(wanted).thenCompose(found -> {
            boolean taken = counts.entrySet().stream().anyMatch(entry -> {
                var candidates = found.candidates().getOrDefault(entry.getKey(), List.of());
                return candidates.size() >= scanned(entry.getValue() + spare)
                        && Windows.free(candidates, round) < entry.getValue();
            });
            return taken && number < MOST_SEARCHES
                    ? search(claims, round, number + 1)
                    : CompletableFuture.completedFuture(found);
        });
    }

    private static int scanned(int wanted) {
        return Math.min(MOST_SCANNED, wanted);
    }

    /** How many tasks are asked for by each filter. */
    private static Map<ClaimFilter, Integer> counts(List<Claim> claims) {
        var counts = new HashMap<ClaimFilter, Integer>();
        for (var claim : claims) {
            if (claim.only() == null) {
                counts.merge(claim.filter(), claim.count(), Integer::sum);
            }
        }
        return counts;
    }

    private CompletionStage<List<Taken>> grant(List<Claim> claims, List<List<Candidate>> windows, Finder.Found found) {
        var asked = new ArrayList<Integer>();
        var requests = new ArrayList<ClaimRequest>();
        for (int i = 0; i < claims.size(); i++) {
            var claim = claims.get(i);
            var window = windows.get(i);
            if (!window.isEmpty() || !claim.introduced()) {
                asked.add(i);
                // An empty answer must not become the stored answer of this seq while the claim still waits.
                var request = window.isEmpty() ? RequestId.NONE : claim.request();
                requests.add(
                        new ClaimRequest(claim.owner(), request, claim.count(), claim.ttl(), patience.ranked(window)));
            }
        }
        if (requests.isEmpty()) {
            return CompletableFuture.completedFuture(
                    claims.stream().map(_ -> Taken.NOTHING).toList());
        }
        releases.hurry();
        return authority.claim(requests).thenCompose(answers -> {
            var byClaim = new ClaimAnswer @Nullable [claims.size()];
            for (int n = 0; n < answers.size(); n++) {
                byClaim[asked.get(n)] = answers.get(n);
                patience.took(windows.get(asked.get(n)), granted(answers.get(n)));
                finder.exhausted(answers.get(n).exhaustedLimits());
            }
            return write(claims, byClaim).thenApply(tasks -> {
                finder.served(tasks.values(), found.competing());
                return results(claims, windows, byClaim, tasks);
            });
        });
    }

    private static List<UUID> granted(ClaimAnswer answer) {
        return answer.grants().stream().map(TaskGrant::task).toList();
    }

    /** The tasks of each claim whose rows took the token. */
    private CompletionStage<Map<Integer, List<Task>>> write(List<Claim> claims, @Nullable ClaimAnswer[] answers) {
        var grants = new ArrayList<GrantedClaim>();
        var claimOf = new HashMap<GrantedClaim, Integer>();
        for (int i = 0; i < answers.length; i++) {
            var answer = answers[i];
            if (answer == null) {
                continue;
            }
            var claim = claims.get(i);
            for (var grant : answer.grants()) {
                var granted = new GrantedClaim(claim.owner(), claim.request().seq(), grant, answer.place());
                grants.add(granted);
                claimOf.put(granted, i);
            }
        }
        CompletionStage<Map<Integer, List<Task>>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (int from = 0; from < grants.size(); from += WRITTEN_AT_ONCE) {
            var part = List.copyOf(grants.subList(from, Math.min(grants.size(), from + WRITTEN_AT_ONCE)));
            all = all.thenCompose(tasks -> Splitting.run(part, store::claim).thenApply(results -> {
                for (int n = 0; n < part.size(); n++) {
                    var task = settle(part.get(n), results.get(n));
                    if (task != null) {
                        tasks.computeIfAbsent(claimOf.get(part.get(n)), _ -> new ArrayList<>())
                                .add(task);
                    }
                }
                return tasks;
            }));
        }
        return all;
    }

    private @Nullable Task settle(GrantedClaim claim, Splitting.Result<ClaimResult> result) {
        switch (result) {
            case Splitting.Result.Done(ClaimResult.Applied applied) -> {
                return applied.task();
            }
            case Splitting.Result.Done(ClaimResult.Refused refused) -> {
                releases.add(claim.hold());
                if (refused.byNewerToken()) {
                    floor.raise();
                }
            }
            case Splitting.Result.Failed(var failure) -> {
                boolean unknown = failure instanceof QueueException e && e.rejection() instanceof Rejection.TimedOut;
                if (!unknown) {
                    releases.add(claim.hold());
                }
            }
        }
        return null;
    }

    private static List<Taken> results(
            List<Claim> claims,
            List<List<Candidate>> windows,
            @Nullable ClaimAnswer[] answers,
            Map<Integer, List<Task>> tasks) {
        var results = new ArrayList<Taken>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            var answer = answers[i];
            results.add(
                    answer == null
                            ? Taken.NOTHING
                            : result(claims.get(i), windows.get(i), answer, tasks.getOrDefault(i, List.of())));
        }
        return results;
    }

    private static Taken result(Claim claim, List<Candidate> window, ClaimAnswer answer, List<Task> tasks) {
        if (answer.problem() != null) {
            return Taken.refused(new Rejection.Refused(answer.problem()));
        }
        boolean passedOver = !answer.full()
                && answer.grants().size() < claim.count()
                && window.stream()
                        .anyMatch(candidate -> !candidate.capabilities().isEmpty());
        boolean exhausted = !answer.exhaustedLimits().isEmpty();
        return new Taken(tasks, !window.isEmpty(), exhausted, answer.full(), passedOver, null);
    }
}
