package dev.homeroom.queue.testing;

import static dev.homeroom.queue.testing.Views.name;
import static dev.homeroom.queue.testing.Views.task;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.CoordinatorProblem;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.HeldPage;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RenewAnswer;
import dev.homeroom.queue.core.Score;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.insight.AgentSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** How long a session that was given a task may take to show that it knows of it: 10 s and two heartbeats. */
    private static final Duration UNCONFIRMED = Duration.ofSeconds(30);

    private final Sessions sessions = new Sessions();
    private final Pushes pushes = new Pushes();
    private final Permits permits = new Permits();
    private final Map<String, List<String>> revoked = new HashMap<>();
    private final TreeMap<String, Grant> grants = new TreeMap<>();
    private final Map<Asked, ClaimAnswer> answers = new HashMap<>();
    private final List<GrantEnd> ends = new ArrayList<>();
    private final List<Hold.Result> results = new ArrayList<>();
    private final Map<String, Duration> heartbeats = new HashMap<>();
    private long now;
    private long nextToken = 1;
    private boolean away;
    private Supplier<Boolean> loses = () -> false;
    private int claimCalls;
    private int capabilityCalls;

    /** Registers a session anew; what its former incarnation held ends. Answers the incarnation. */
    public synchronized long register(String session, int maxTasks, String... capabilities) {
        end(session, "superseded");
        return sessions.register(session, maxTasks, List.of(capabilities));
    }

    /** So many tasks that need this key may be held at once. */
    public synchronized void limit(String key, int permitsOfIt) {
        permits.set(key, permitsOfIt);
    }

    /** The session fails: everything it holds ends. */
    public synchronized void fail(String session) {
        sessions.fail(session);
        end(session, "session-failed");
    }

    /** Lets time pass; grants past their deadline end. */
    public synchronized void pass(Duration time) {
        now += time.toMillis();
        for (var entry : List.copyOf(grants.entrySet())) {
            if (entry.getValue().deadline() <= now) {
                endOne(entry.getKey(), "expired");
            } else if (pushes.unheard(entry.getValue().token())
                    && now - entry.getValue().since() >= UNCONFIRMED.toMillis()) {
                endOne(entry.getKey(), "unconfirmed");
            }
        }
    }

    /** A heartbeat: what was given to the session, repeated until it has seen the token. */
    public synchronized List<UUID> beat(String session, Long... seen) {
        List.of(seen).forEach(pushes::heard);
        return pushes.to(session).stream().map(Pushes.Pushed::task).toList();
    }

    /** What was taken from the session, each as {@code task reason}. */
    public synchronized List<String> revoked(String session) {
        return List.copyOf(revoked.getOrDefault(session, List.of()));
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

    /** From now on the last heartbeat of this session is so old; without this: three seconds. */
    public synchronized void heartbeat(String session, Duration age) {
        heartbeats.put(session, age);
    }

    /** How old the last heartbeat of this session is. */
    synchronized Duration heartbeatAge(String session) {
        return heartbeats.getOrDefault(session, Duration.ofSeconds(3));
    }

    /** Every session as others see it, in the order of their names. */
    synchronized List<AgentSession> agents() {
        return sessions.ids().stream().map(this::agent).toList();
    }

    private AgentSession agent(String id) {
        long run = sessions.owner(id).incarnation();
        var who = Views.holder(id, run, sessions.place(id), heartbeatAge(id), null, null);
        int most = sessions.most(id);
        String status = sessions.able(id, List.of()) ? "active" : "failed";
        return new AgentSession(who, status, sessions.capabilities(id), (int) (most - free(id)), most);
    }

    /** Whether it cannot be reached. */
    synchronized boolean isAway() {
        return away;
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
        var problem = sessions.problem(request.owner());
        if (problem != null) {
            return new ClaimAnswer(List.of(), List.of(), problem);
        }
        var asked = new Asked(request.owner(), request.request().seq());
        var first = answers.get(asked);
        if (request.request().recognisable() && first != null) {
            return first;
        }
        var session = request.owner().session();
        var granted = pushedTo(session, request);
        var exhausted = new TreeSet<String>();
        long most = Math.min(free(session) + granted.size(), request.count());
        for (var candidate : request.candidates()) {
            if (granted.size() < most
                    && sessions.able(session, candidate.capabilities())
                    && !grants.containsKey(name(candidate.task()))
                    && permits.take(name(candidate.task()), candidate.limits(), exhausted)) {
                granted.add(grant(candidate.task(), request.owner(), request.ttl()));
            }
        }
        boolean full = free(session) <= 0;
        var answer = new ClaimAnswer(granted, List.copyOf(exhausted), null, full, sessions.place(session));
        if (request.request().recognisable() && !granted.isEmpty()) {
            answers.put(asked, answer);
        }
        return answer;
    }

    private List<TaskGrant> pushedTo(String session, ClaimRequest request) {
        var wanted = request.candidates().stream().map(Candidate::task).toList();
        var granted = new ArrayList<TaskGrant>();
        for (var one : pushes.to(session)) {
            if (wanted.contains(one.task()) && granted.size() < request.count()) {
                pushes.heard(one.token());
                granted.add(view(one.task(), Objects.requireNonNull(grants.get(name(one.task())))));
            }
        }
        return granted;
    }

    private TaskGrant grant(UUID task, Owner owner, Duration ttl) {
        var grant = new Grant(nextToken++, owner, now, now + ttl.toMillis());
        grants.put(name(task), grant);
        return view(task, grant);
    }

    private long free(String session) {
        return sessions.most(session)
                - grants.values().stream()
                        .filter(g -> g.owner().session().equals(session))
                        .count();
    }

    @Override
    public synchronized CompletionStage<AssignAnswer> assign(AssignRequest request) {
        return done(() -> pushes.once(request, () -> push(request)));
    }

    @Override
    public synchronized CompletionStage<Optional<Set<String>>> capabilities(Owner owner) {
        capabilityCalls++;
        return done(
                () -> sessions.problem(owner) == null ? Optional.of(sessions.able(owner.session())) : Optional.empty());
    }

    /** The present run of a session that lives. */
    synchronized Optional<Owner> owner(String session) {
        return sessions.live(session) ? Optional.of(sessions.owner(session)) : Optional.empty();
    }

    /** How often somebody wanted to know what a session can do. */
    public synchronized int capabilityCalls() {
        return capabilityCalls;
    }

    private AssignAnswer push(AssignRequest request) {
        var task = request.task().task();
        var held = grants.get(name(task));
        if (held != null) {
            boolean same = request.session() == null
                    ? pushes.unheard(held.token())
                    : held.owner().session().equals(request.session());
            return same ? assigned(task, held) : refused(ProblemType.HELD, "held by another");
        }
        if (request.session() != null && !sessions.known(request.session())) {
            return new AssignAnswer.Refused(Sessions.unknown());
        }
        var best = sessions.able(request.task().capabilities())
                .filter(id -> free(id) > 0 && (request.session() == null || id.equals(request.session())))
                .max(Comparator.comparingLong(this::free));
        if (best.isEmpty()) {
            return refused(ProblemType.NONE_AVAILABLE, "no session is available that can do this task");
        }
        var grant = grant(task, sessions.owner(best.get()), request.ttl());
        pushes.push(new Pushes.Pushed(best.get(), task, grant.token()));
        return assigned(task, Objects.requireNonNull(grants.get(name(task))));
    }

    private AssignAnswer assigned(UUID task, Grant grant) {
        var score = new Score(7, List.of(new Score.Part("load", 7, "holds little")));
        return new AssignAnswer.Assigned(
                view(task, grant), held(name(task), grant).holder(), score);
    }

    private static AssignAnswer refused(ProblemType type, String detail) {
        return new AssignAnswer.Refused(new CoordinatorProblem(type.urn(), detail, null));
    }

    @Override
    public synchronized CompletionStage<List<RenewAnswer>> renew(List<Hold> holds, Duration ttl) {
        return done(() -> holds.stream().map(hold -> renew(hold, ttl)).toList());
    }

    private RenewAnswer renew(Hold hold, Duration ttl) {
        var grant = grants.get(name(hold.task()));
        pushes.heard(hold.token());
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
                    endOne(name(hold.task()), hold.result() == Hold.Result.CANCELLED ? "cancelled" : "released");
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

    private void end(String session, String reason) {
        for (var entry : List.copyOf(grants.entrySet())) {
            if (entry.getValue().owner().session().equals(session)) {
                endOne(entry.getKey(), reason);
            }
        }
    }

    private void endOne(String name, String reason) {
        var grant = grants.remove(name);
        permits.giveBack(name);
        if (grant != null) {
            pushes.heard(grant.token());
            if (!reason.equals("released")) {
                revoked.computeIfAbsent(grant.owner().session(), _ -> new ArrayList<>())
                        .add(task(name) + " " + reason);
            }
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
        return Views.grant(task, grant.token(), grant.deadline(), now);
    }

    private HeldTask held(String name, Grant grant) {
        var session = grant.owner().session();
        var holder = Views.holder(
                session,
                grant.owner().incarnation(),
                sessions.place(session),
                heartbeatAge(session),
                Instant.EPOCH.plusMillis(grant.since()),
                Instant.EPOCH.plusMillis(grant.deadline()));
        return new HeldTask(task(name), grant.token(), holder);
    }
}
