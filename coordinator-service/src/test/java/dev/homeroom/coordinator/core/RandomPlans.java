package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The part of {@link RandomLog} that assigns, scores, reports, limits rates and reads the trail. */
final class RandomPlans {
    private static final List<String> LESSONS = List.of("", "l0", "l1");

    private final Random random;
    private final List<Long> told = new ArrayList<>();
    private Cursor published = Cursor.START;

    RandomPlans(Random random) {
        this.random = random;
    }

    void learn(Answer answer) {
        switch (answer) {
            case Answer.Beat beat -> beat.assigned().forEach(one -> told.add(one.token()));
            case Answer.Backlog backlog
            when !backlog.changes().isEmpty() ->
                published = backlog.changes().getLast().at();
            default -> {}
        }
    }

    Command next(String id, long incarnation, long term, Command.TaskHold hold) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> assign(id);
            case 2, 3, 4 -> heartbeat(id, incarnation);
            case 5, 6 -> claim(id, incarnation);
            case 7, 8 -> release(hold);
            case 9, 10 -> rate(id, incarnation);
            case 11, 12 -> affinity(id, term);
            case 13 -> new Command.CommitCursor(published);
            case 14 -> new Command.Maintain(1 + random.nextInt(3));
            default -> read(id);
        };
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Command.Candidate candidate() {
        List<String> limits = any(List.of(List.of(), List.of("k0"), List.of("k1", "k2")));
        List<String> capabilities = random.nextInt(6) == 0 ? List.of("go") : List.of();
        String place = any(List.of("", "h", "r"));
        return new Command.Candidate(
                "t" + random.nextInt(8), 4 + random.nextInt(2), any(LESSONS), limits, capabilities, place, place);
    }

    private Command assign(String id) {
        Command assign = new Command.AssignTask(random.nextBoolean() ? "" : id, candidate(), 0);
        return random.nextInt(4) == 0 ? new Command.Once("assign" + random.nextInt(9), assign) : assign;
    }

    private Command heartbeat(String id, long incarnation) {
        List<Long> seen = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && !told.isEmpty(); i--) {
            seen.add(told.get(Math.max(0, told.size() - 1 - random.nextInt(5))));
        }
        Map<String, Double> usage =
                random.nextBoolean() ? Map.of() : Map.of("tokens", random.nextDouble(), "cost", random.nextDouble());
        return new Command.Heartbeat(id, incarnation, 0, -1, seen, usage);
    }

    private Command claim(String id, long incarnation) {
        List<Command.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            candidates.add(candidate());
        }
        return new Command.ClaimTasks(id, incarnation, Request.NONE, 1 + random.nextInt(3), 0, candidates);
    }

    private Command release(Command.TaskHold hold) {
        TaskOutcome outcome = any(List.of(TaskOutcome.values()));
        return new Command.ReleaseTasks(
                List.of(new Command.TaskHold(hold.task(), hold.session(), hold.token(), outcome)));
    }

    private Command rate(String id, long incarnation) {
        String key = "k" + random.nextInt(3);
        return switch (random.nextInt(6)) {
            case 0 -> new Command.SetRate(key, random.nextInt(4), random.nextInt(6));
            case 1 -> new Command.Refund(id, incarnation, Request.NONE, key, random.nextDouble() * 3);
            default -> new Command.Consume(id, incarnation, Request.NONE, key, random.nextDouble() * 3);
        };
    }

    private Command affinity(String id, long term) {
        String name = "a" + random.nextInt(6);
        List<Affinity.Window> windows = random.nextBoolean()
                ? List.of()
                : List.of(new Affinity.Window(List.of(1, 2), random.nextInt(1_440), 1 + random.nextInt(1_440), "UTC"));
        return switch (random.nextInt(5)) {
            case 0 -> new Command.DeleteAffinity(name);
            case 1 -> new Command.OpenAffinities(term, List.of("a0", name));
            default -> new Command.PutAffinity(new Affinity(name, id, any(LESSONS), windows, 1 + random.nextInt(100)));
        };
    }

    private Command read(String id) {
        return switch (random.nextInt(6)) {
            case 0 -> new Command.FindSessions(candidate(), random.nextInt(3) * 1_750_000_000_000L, 3);
            case 1 -> new Command.ReadAudit(null, "", random.nextBoolean() ? "" : id, published, 4);
            case 2 -> new Command.ReadAudit(Kind.CLAIM, "", "", null, 4);
            case 3 -> new Command.ListLimits("", 2);
            case 4 -> new Command.ListAffinities(random.nextBoolean() ? "" : id, "a1", 2);
            default -> new Command.GetLimit("k0");
        };
    }
}
