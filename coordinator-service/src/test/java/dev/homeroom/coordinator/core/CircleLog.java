package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A log, from a seed, of few sessions that want the same few locks, several at once, and sometimes by force. */
final class CircleLog {
    private static final int SESSIONS = 4;
    private static final int LOCKS = 5;

    private final Random random;
    private final List<GrantView> granted = new ArrayList<>();

    CircleLog(long seed) {
        this.random = new Random(seed);
    }

    List<Command> start() {
        List<Command> start = new ArrayList<>();
        Profile profile = new Profile("", "h", "", 1, Codebase.NONE, "", List.of(), 1);
        for (int i = 0; i < SESSIONS; i++) {
            start.add(new Command.Register("s" + i, "i" + i, profile, 3_600_000, 0));
            start.add(new Command.Heartbeat("s" + i, 1, 0, 0, List.of()));
        }
        return start;
    }

    Batch next() {
        return new Batch(1, random.nextInt(300) * 1_000_000L, 0, List.of(command()));
    }

    void learn(Applied applied) {
        applied.answers().forEach(this::learn);
        applied.waitEnds().forEach(end -> learn(end.answer()));
    }

    private void learn(Answer answer) {
        switch (answer) {
            case Answer.Granted(GrantView grant, int _) -> granted.add(grant);
            case Answer.GrantedAll(List<GrantView> grants) -> granted.addAll(grants);
            default -> {}
        }
    }

    private Command command() {
        String session = "s" + random.nextInt(SESSIONS);
        Terms wait = Terms.waiting(1 + random.nextInt(5_000), "a");
        Terms force = new Terms(Strategy.FORCE_ACQUIRE, 0, true, "", 0, Map.of(), "ops", "why");
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> acquire(session, wait);
            case 4 -> acquire(session, random.nextInt(3) == 0 ? force : Terms.FAIL_FAST);
            case 5, 6 ->
                new Command.AcquireAll(
                        session, 1, Request.NONE, List.of(lock(0), lock(1), lock(2)), label(), ttl(), wait);
            case 7, 8 -> release(session);
            default -> new Command.Expire(1, 10);
        };
    }

    /** Distinct for distinct thirds. */
    private ResourceKey lock(int third) {
        return new ResourceKey(Kind.LOCK, "n" + (third * 2 + random.nextInt(2)));
    }

    private Command acquire(String session, Terms terms) {
        String name = "n" + random.nextInt(LOCKS);
        return new Command.Acquire(session, 1, Request.NONE, Kind.LOCK, name, label(), ttl(), terms);
    }

    private String label() {
        return random.nextInt(4) == 0 ? "t" : "";
    }

    private long ttl() {
        return 1_000L + random.nextInt(6_000);
    }

    private Command release(String session) {
        if (granted.isEmpty()) {
            return acquire(session, Terms.FAIL_FAST);
        }
        GrantView grant = granted.get(Math.max(0, granted.size() - 1 - random.nextInt(6)));
        String holder = grant.holder().session();
        return new Command.Release(holder, 1, Request.NONE, grant.kind(), grant.name(), grant.token());
    }
}
