package dev.homeroom.queue.testing;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.CoordinatorProblem;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.HeldPage;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RenewAnswer;
import dev.homeroom.queue.core.TaskGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link GrantAuthority} as the coordinator behaves, with a clock that tests move, and with its accidents: away, or an
 * answer lost after the deed. Ends of grants gather in {@link #takeEnds()} until a test delivers them.
 */
public final class InMemoryAuthority implements GrantAuthority {
    private record Grant(long token, Owner owner, long since, long deadline) {}

    private record Asked(Owner owner, long seq) {}

    private final Map<String, Long> sessions = new HashMap<>();
    private final Map<String, Integer> capacity = new HashMap<>();
    private final TreeMap<String, Grant> grants = new TreeMap<>();
    private final Map<Asked, ClaimAnswer> answers = new HashMap<>();
    private final List<GrantEnd> ends = new ArrayList<>();
    private final List<Hold.Result> results = new ArrayList<>();
    private long now;
    private long nextToken = 1;
    private boolean away;
    private Supplier<Boolean> loses = () -> false;
    private int claimCalls;

    /** Registers a session anew; what its former incarnation held ends. Answers the incarnation. */
    public synchronized long register(String session, int maxTasks) {
        end(session, "superseded");
        capacity.put(session, maxTasks);
        return sessions.merge(session, 1L, (old, one) -> Math.abs(old) + one);
    }

    /** The session fails: everything it holds ends. */
    public synchronized void fail(String session) {
        sessions.computeIfPresent(session, (_, incarnation) -> -Math.abs(incarnation));
        end(session, "session-failed");
    }

    /** Lets time pass; grants past their deadline end. */
    public synchronized void pass(Duration time) {
        now += time.toMillis();
        for (var entry : List.copyOf(grants.entrySet())) {
            if (entry.getValue().deadline() <= now) {
                endOne(entry.getKey(), "expired");
            }
        }
    }

    /** The ends of grants since the last call, in their order. */
    public synchronized List<GrantEnd> takeEnds() {
        var taken = List.copyOf(ends);
        ends.clear();
        return taken;
    }

    /** What came of the claims that were given back, in their order. */
    public synchronized List<Hold.Result> results() {
        return List.copyOf(results);
    }

    /** From now on it cannot be reached, or can again. */
    public synchronized void away(boolean nowAway) {
        away = nowAway;
    }

    /** Decides after each deed whether its answer is lost. */
    public synchronized void losingAnswers(Supplier<Boolean> decision) {
        loses = decision;
    }

    /** Forgets all tokens, like a coordinator that was restored from an older backup. */
    public synchronized void restoreTokens(long next) {
        nextToken = next;
        grants.clear();
    }

    /** How often claims were asked for. */
    public synchronized int claimCalls() {
        return claimCalls;
    }

    @Override
    public synchronized CompletionStage<List<ClaimAnswer>> claim(List<ClaimRequest> requests) {
        claimCalls++;
        return done(() -> requests.stream().map(this::claim).toList());
    }

    private ClaimAnswer claim(ClaimRequest request) {
        var problem = problem(request.owner());
        if (problem != null) {
            return new ClaimAnswer(List.of(), List.of(), problem);
        }
        var asked = new Asked(request.owner(), request.request().seq());
        var first = answers.get(asked);
        if (request.request().recognisable() && first != null) {
            return first;
        }
        var session = request.owner().session();
        long free = capacity.getOrDefault(session, 1)
                - grants.values().stream()
                        .filter(g -> g.owner().session().equals(session))
                        .count();
        var granted = new ArrayList<TaskGrant>();
        for (var candidate : request.candidates()) {
            if (granted.size() < Math.min(free, request.count()) && !grants.containsKey(name(candidate.task()))) {
                var grant = new Grant(
                        nextToken++, request.owner(), now, now + request.ttl().toMillis());
                grants.put(name(candidate.task()), grant);
                granted.add(view(candidate.task(), grant));
            }
        }
        var answer = new ClaimAnswer(granted, List.of(), null);
        if (request.request().recognisable() && !granted.isEmpty()) {
            answers.put(asked, answer);
        }
        return answer;
    }

    @Override
    public synchronized CompletionStage<List<RenewAnswer>> renew(List<Hold> holds, Duration ttl) {
        return done(() -> holds.stream().map(hold -> renew(hold, ttl)).toList());
    }

    private RenewAnswer renew(Hold hold, Duration ttl) {
        var grant = grants.get(name(hold.task()));
        if (grant == null || grant.token() != hold.token()) {
            return new RenewAnswer.Refused(
                    new CoordinatorProblem(ProblemType.STALE_TOKEN.urn(), "not held with this token", null));
        }
        var renewed = new Grant(grant.token(), grant.owner(), grant.since(), now + ttl.toMillis());
        grants.put(name(hold.task()), renewed);
        return new RenewAnswer.Renewed(view(hold.task(), renewed));
    }

    @Override
    public synchronized CompletionStage<Integer> release(List<Hold> holds) {
        return done(() -> {
            int released = 0;
            for (var hold : holds) {
                var grant = grants.get(name(hold.task()));
                if (grant != null && grant.token() == hold.token()) {
                    endOne(name(hold.task()), "released");
                    results.add(hold.result());
                    released++;
                }
            }
            return released;
        });
    }

    @Override
    public synchronized CompletionStage<Long> raiseTokenFloor(long floor) {
        return done(() -> {
            nextToken = Math.max(nextToken, floor + 1);
            return nextToken;
        });
    }

    @Override
    public synchronized CompletionStage<HeldPage> list(@Nullable String after, int limit, Duration olderThan) {
        return done(() -> {
            var page = grants.tailMap(after == null ? "" : after, false).entrySet().stream()
                    .filter(e -> now - e.getValue().since() >= olderThan.toMillis())
                    .limit(limit + 1L)
                    .toList();
            var items = page.stream()
                    .limit(limit)
                    .map(e -> held(e.getKey(), e.getValue()))
                    .toList();
            return new HeldPage(
                    items, page.size() > limit ? name(items.getLast().task()) : null);
        });
    }

    @Override
    public synchronized CompletionStage<Optional<HeldTask>> holder(UUID task) {
        return done(() -> Optional.ofNullable(grants.get(name(task))).map(grant -> held(name(task), grant)));
    }

    private @Nullable CoordinatorProblem problem(Owner owner) {
        var incarnation = sessions.get(owner.session());
        if (incarnation == null) {
            return new CoordinatorProblem(ProblemType.NOT_FOUND.urn(), "there is no such session", null);
        }
        if (incarnation < 0) {
            return new CoordinatorProblem(ProblemType.SESSION_ENDED.urn(), "the session has failed", null);
        }
        return incarnation == owner.incarnation()
                ? null
                : new CoordinatorProblem(ProblemType.STALE_INCARNATION.urn(), "registered anew", null);
    }

    private void end(String session, String reason) {
        for (var entry : List.copyOf(grants.entrySet())) {
            if (entry.getValue().owner().session().equals(session)) {
                endOne(entry.getKey(), reason);
            }
        }
    }

    private void endOne(String name, String reason) {
        var grant = grants.remove(name);
        if (grant != null) {
            ends.add(new GrantEnd(task(name), grant.token(), Cause.ofGrantEnd(reason), reason));
        }
    }

    private <T> CompletionStage<T> done(Supplier<T> deed) {
        var gone = new QueueException(new Rejection.Unavailable("the coordinator"));
        if (away) {
            return CompletableFuture.failedFuture(gone);
        }
        var answer = deed.get();
        return loses.get() ? CompletableFuture.failedFuture(gone) : CompletableFuture.completedFuture(answer);
    }

    private TaskGrant view(UUID task, Grant grant) {
        return new TaskGrant(
                task,
                grant.token(),
                Instant.EPOCH.plusMillis(grant.deadline()),
                Duration.ofMillis(grant.deadline() - now));
    }

    private HeldTask held(String name, Grant grant) {
        var holder = new Holder(
                grant.owner().session(),
                grant.owner().incarnation(),
                "host-" + grant.owner().session(),
                null,
                null,
                null,
                null,
                Duration.ofSeconds(3),
                Instant.EPOCH.plusMillis(grant.since()),
                Instant.EPOCH.plusMillis(grant.deadline()));
        return new HeldTask(task(name), grant.token(), holder);
    }

    private static String name(UUID task) {
        return "task/" + task;
    }

    private static UUID task(String name) {
        return UUID.fromString(name.substring("task/".length()));
    }
}
