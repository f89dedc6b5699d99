package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A log as careless clients and several leaders would write it, from a seed; learns incarnations and tokens from answers. */
public final class RandomLog {
    private final Random random;
    private final RandomPlans plans;
    private final long[] incarnations = new long[5];
    private final List<GrantView> granted = new ArrayList<>();
    private final List<Command.OfSession> sent = new ArrayList<>();
    private long term = 1;
    private long wall = 1_750_000_000_000L;
    private long seq;
    private long ticket;

    /** The same seed gives the same log, as long as the answers are the same. */
    public RandomLog(long seed) {
        this.random = new Random(seed);
        this.plans = new RandomPlans(random);
    }

    /** What the log begins with: small capacities that stay, so that they are reached. */
    public List<Command> start() {
        Settings d = Settings.DEFAULT;
        return List.of(
                new Command.Configure(new Settings(
                        d.leaseMillis(), 1_500, 3_000, 4_000, d.ttlMillis(), 2, 4, 12, 5, d.backlog(), 20_000, 3)),
                new Command.SetLimit("k0", 1));
    }

    /** The next entry. */
    public Batch next(int commands) {
        if (random.nextInt(50) == 0) {
            term++;
        }
        long elapsed = random.nextInt(4) == 0 ? random.nextInt(1_500) : random.nextInt(20);
        wall += elapsed - (random.nextInt(20) == 0 ? 5_000 : 0);
        List<Command> list = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            list.add(remember(command()));
        }
        return new Batch(
                random.nextInt(40) == 0 ? term - 1 : term, elapsed * 1_000_000 + random.nextInt(999), wall, list);
    }

    /** Learns, from the ends of waits too. */
    public void learn(Applied applied) {
        applied.answers().forEach(this::learn);
        applied.waitEnds().forEach(end -> learn(end.answer()));
    }

    private void learn(Answer answer) {
        plans.learn(answer);
        switch (answer) {
            case Answer.GrantedAll(List<GrantView> grants) -> granted.addAll(grants);
            case Answer.Waiting waiting -> ticket = waiting.ticket();
            case Answer.OneSession(SessionView session) ->
                incarnations[session.id().charAt(1) - '0'] = session.incarnation();
            case Answer.Granted(GrantView grant, int _) -> granted.add(grant);
            case Answer.TasksClaimed claimed -> granted.addAll(claimed.grants());
            case Answer.Assigned assigned -> granted.add(assigned.grant());
            default -> {}
        }
    }

    private Command command() {
        int s = random.nextInt(incarnations.length);
        String id = "s" + s;
        long incarnation = random.nextInt(15) == 0 ? incarnations[s] - 1 : incarnations[s];
        return switch (random.nextInt(24)) {
            case 0 ->
                new Command.Register(id, "i" + random.nextInt(40), profile(), 1_000L * (1 + random.nextInt(8)), 0);
            case 1, 2, 3 ->
                new Command.Heartbeat(id, incarnation, seq - random.nextInt(20), random.nextInt(9_000), List.of());
            case 4, 5, 6 -> acquire(id, incarnation);
            case 7 -> release(id, incarnation);
            case 8 -> renew(id, incarnation);
            case 9, 10 -> claim(id, incarnation);
            case 11 -> new Command.ReleaseTasks(List.of(hold(), hold()));
            case 12 -> new Command.RenewTasks(List.of(hold(), hold()), 1_000L * random.nextInt(9));
            case 13 -> rare(id, incarnation);
            case 14, 15, 16, 17 -> plans.next(id, incarnation, term, hold());
            case 18, 19 -> acquireAll(id, incarnation);
            case 20, 21 -> again(id, incarnation);
            default -> new Command.Expire(random.nextInt(10) == 0 ? term - 1 : term, 1 + random.nextInt(3));
        };
    }

    private Command rare(String id, long incarnation) {
        return switch (random.nextInt(12)) {
            case 0 -> new Command.ReleaseSession(id, incarnation);
            case 1 -> new Command.RaiseTokenFloor(random.nextInt(2_000));
            case 2 -> new Command.Once("r" + random.nextInt(5), new Command.SetLimit("other" + random.nextInt(3), 1));
            case 3 -> new Command.ListGrants(null, "", "", 1 + random.nextInt(5), 0);
            case 4 -> new Command.ListSessions(Status.ACTIVE, "", 3);
            case 5 -> new Command.GetSession(id);
            case 6 -> new Command.GetResource(Kind.LIMIT, "k1");
            case 7, 8 -> new Command.CancelWait(id, incarnation, ticket - random.nextInt(2), "a" + random.nextInt(2));
            case 9 -> new Command.SetLimit("k1", random.nextInt(3));
            case 10 -> force();
            default -> new Command.ReadBacklog(Cursor.START, 5);
        };
    }

    private Command force() {
        GrantView grant = any();
        return new Command.ForceRelease(
                grant.kind(), grant.name(), random.nextBoolean() ? grant.token() : 0, "ops", "why");
    }

    private Profile profile() {
        return new Profile("n", "h", "t", 1, new Codebase("r", "b", "d"), "", List.of("java"), 1 + random.nextInt(3));
    }

    private Request request() {
        if (random.nextBoolean()) {
            return Request.NONE;
        }
        if (random.nextInt(3) > 0 || seq == 0) {
            seq++;
        }
        long asked = Math.max(1, seq - random.nextInt(4));
        return new Request(asked, Math.max(1, asked - random.nextInt(30)));
    }

    private long ttl() {
        return random.nextInt(4) == 0 ? 0 : 1_000 + random.nextInt(5_000);
    }

    private Command acquire(String id, long incarnation) {
        Kind kind = List.of(Kind.values()).get(random.nextInt(3));
        String holder = random.nextInt(4) > 0 ? "" : "h" + random.nextInt(2);
        String name = (kind == Kind.LIMIT ? "k" : "n") + random.nextInt(3);
        return new Command.Acquire(id, incarnation, request(), kind, name, holder, ttl(), terms(kind));
    }

    private Terms terms(Kind kind) {
        Strategy strategy = switch (random.nextInt(10)) {
            case 0, 1 -> Strategy.FAIL_FAST;
            case 2 -> kind == Kind.LIMIT ? Strategy.FAIL_FAST : Strategy.STEAL_STALE;
            case 3 -> kind == Kind.LIMIT || random.nextBoolean() ? Strategy.RETRY : Strategy.FORCE_ACQUIRE;
            default -> Strategy.RETRY;
        };
        boolean waits = strategy == Strategy.RETRY && random.nextInt(5) > 0;
        boolean forces = strategy == Strategy.FORCE_ACQUIRE;
        boolean delays = kind != Kind.LIMIT && random.nextInt(6) == 0;
        return new Terms(
                strategy,
                waits ? 1 + random.nextInt(6_000) : 0,
                random.nextInt(3) > 0,
                "a" + random.nextInt(2),
                delays ? random.nextInt(3_000) : 0,
                random.nextInt(5) == 0 ? Map.of("z", "1", "a", "2") : Map.of(),
                forces ? "ops" : "",
                forces ? "stuck" : "");
    }

    private Command acquireAll(String id, long incarnation) {
        List<ResourceKey> resources = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (random.nextInt(3) > 0) {
                resources.add(new ResourceKey(Kind.LOCK, "n" + i));
            }
        }
        resources.add(random.nextBoolean() ? new ResourceKey(Kind.LIMIT, "k1") : new ResourceKey(Kind.CLAIM, "n0"));
        Terms terms = terms(Kind.LIMIT);
        return new Command.AcquireAll(id, incarnation, request(), resources, "", ttl(), terms);
    }

    /** As after a lost answer: the command of a while ago, as it was. */
    private Command again(String id, long incarnation) {
        Command.OfSession last = sent.isEmpty() ? null : sent.get(random.nextInt(sent.size()));
        return last != null ? last : acquire(id, incarnation);
    }

    private Command remember(Command command) {
        if (command instanceof Command.OfSession own && own.request().seq() > 0) {
            sent.addFirst(own);
            if (sent.size() > 6) {
                sent.removeLast();
            }
        }
        return command;
    }

    private GrantView any() {
        return granted.isEmpty()
                ? new GrantView(Kind.LOCK, "n0", 1, new Holder("s0", 1, "", "", "", Codebase.NONE, 0, 0, 0), 0)
                : granted.get(Math.max(0, granted.size() - 1 - random.nextInt(12)));
    }

    private Command release(String id, long incarnation) {
        GrantView grant = any();
        boolean own = random.nextInt(5) > 0;
        return new Command.Release(
                own ? grant.holder().session() : id,
                own ? grant.holder().incarnation() : incarnation,
                request(),
                grant.kind(),
                grant.name(),
                grant.token());
    }

    private Command renew(String id, long incarnation) {
        GrantView grant = any();
        boolean own = random.nextInt(5) > 0;
        return new Command.Renew(
                own ? grant.holder().session() : id,
                own ? grant.holder().incarnation() : incarnation,
                request(),
                grant.kind(),
                grant.name(),
                grant.token(),
                ttl());
    }

    private Command claim(String id, long incarnation) {
        List<Command.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<String> limits = switch (random.nextInt(4)) {
                case 0 -> List.of();
                case 1 -> List.of("k0");
                case 2 -> List.of("k1", "k0");
                default -> List.of("k2", "k2");
            };
            candidates.add(new Command.Candidate("t" + random.nextInt(8), 5, "", limits));
        }
        return new Command.ClaimTasks(id, incarnation, request(), 1 + random.nextInt(3), ttl(), candidates);
    }

    private Command.TaskHold hold() {
        GrantView grant = any();
        String task = grant.name().startsWith(TaskNames.PREFIX) ? TaskNames.task(grant.name()) : "t1";
        return new Command.TaskHold(task, grant.holder().session(), grant.token());
    }
}
