package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.ResourceKey;
import dev.homeroom.coordinator.core.TaskNames;
import dev.homeroom.coordinator.core.TaskOutcome;
import java.util.ArrayList;
import java.util.List;

/** What a client does with its time. */
final class Habits {
    private static final int OPEN = 3;

    private final Client client;
    private final Simulation simulation;
    private final Schedule schedule;

    Habits(Client client, Simulation simulation) {
        this.client = client;
        this.simulation = simulation;
        this.schedule = simulation.schedule();
    }

    /** From the start of the process on. */
    void begin() {
        client.after(schedule.between(20 * Schedule.MILLI, 300 * Schedule.MILLI), () -> {
            client.work(simulation.store());
            if (client.registered() && !simulation.closing() && client.openOps() < OPEN) {
                next();
            }
            if (client.up()) {
                begin();
            }
        });
    }

    private void next() {
        if (simulation.weather().leavesOneIn() > 0
                && schedule.oneIn(simulation.weather().leavesOneIn())) {
            goAway();
            return;
        }
        switch (schedule.chance(32)) {
            case 0, 1, 2, 3, 4, 5, 6 -> acquire(Kind.LOCK, "lock" + schedule.chance(2));
            case 7, 8 -> acquire(Kind.CLAIM, "ticket");
            case 9, 10, 11 -> acquire(Kind.LIMIT, "two");
            case 12, 13 -> acquireAll();
            case 14, 15, 16, 17 -> claim();
            case 18, 19, 20, 21, 22, 23 -> giveBack();
            case 24, 25, 26, 27 -> renew();
            case 28 -> {
                if (schedule.oneIn(4)) {
                    force();
                }
            }
            default -> read();
        }
    }

    private void goAway() {
        switch (schedule.chance(5)) {
            case 0, 1 -> client.hush(schedule.between(client.leaseNanos(), 3 * client.leaseNanos()));
            case 2 -> client.pause(schedule.between(client.leaseNanos() / 2, 3 * client.leaseNanos()));
            case 3 -> client.leave();
            default -> {
                client.kill();
                schedule.after(schedule.between(10 * Schedule.MILLI, 2 * client.leaseNanos()), client::start);
            }
        }
    }

    private long ttl() {
        return 1_000L * (1 + schedule.chance(4));
    }

    private void acquire(Kind kind, String name) {
        String holder = "h" + schedule.chance(2);
        long ttl = ttl();
        Wishes wishes = Wishes.of(schedule, kind);
        client.ask(
                (request, n) -> new Command.Acquire(
                        client.session(),
                        client.incarnation(),
                        request,
                        kind,
                        name,
                        holder,
                        ttl,
                        wishes.terms(client + "-" + request.seq() + "-" + n)),
                (command, answer, sentAt) -> {
                    if (answer instanceof Answer.Granted granted) {
                        client.hold(granted.grant(), sentAt);
                    }
                });
    }

    private void acquireAll() {
        List<ResourceKey> resources = new ArrayList<>(List.of(
                new ResourceKey(Kind.LOCK, "lock0"),
                new ResourceKey(Kind.LOCK, "lock1"),
                new ResourceKey(Kind.LIMIT, "two")));
        resources.remove(schedule.chance(resources.size()));
        String holder = "h" + schedule.chance(2);
        long ttl = ttl();
        Wishes wishes = Wishes.of(schedule, Kind.LIMIT);
        client.ask(
                (request, n) -> new Command.AcquireAll(
                        client.session(),
                        client.incarnation(),
                        request,
                        resources,
                        holder,
                        ttl,
                        wishes.terms(client + "-" + request.seq() + "-" + n)),
                (command, answer, sentAt) -> {
                    if (answer instanceof Answer.GrantedAll granted) {
                        granted.grants().forEach(grant -> client.hold(grant, sentAt));
                    }
                });
    }

    /** As an operator. */
    private void force() {
        String name = "lock" + schedule.chance(2);
        Command force = new Command.ForceRelease(Kind.LOCK, name, 0, "operator", "it hangs");
        client.ask(unused -> force, (command, answer, sentAt) -> {});
    }

    private void claim() {
        List<Command.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String task = Simulation.TASKS.get(schedule.chance(Simulation.TASKS.size()));
            candidates.add(new Command.Candidate(task, 5, "", Simulation.limitsOf(task)));
        }
        long ttl = ttl();
        int count = 1 + schedule.chance(2);
        client.ask(
                (request, n) ->
                        new Command.ClaimTasks(client.session(), client.incarnation(), request, count, ttl, candidates),
                (command, answer, sentAt) -> {
                    if (answer instanceof Answer.TasksClaimed claimed) {
                        claimed.grants().forEach(grant -> client.hold(grant, sentAt));
                    }
                });
    }

    private void giveBack() {
        Holding holding = client.any();
        if (holding == null) {
            return;
        }
        client.giveUp(holding.token());
        if (TaskNames.isTask(holding.kind(), holding.name())) {
            TaskOutcome outcome = schedule.oneIn(4) ? TaskOutcome.CANCELLED : TaskOutcome.NONE;
            Command.TaskHold hold = hold(holding);
            Command release = new Command.ReleaseTasks(
                    List.of(new Command.TaskHold(hold.task(), hold.session(), hold.token(), outcome)));
            client.ask(unused -> release, (command, answer, sentAt) -> {});
        } else {
            client.ask(
                    (request, n) -> new Command.Release(
                            client.session(),
                            client.incarnation(),
                            request,
                            holding.kind(),
                            holding.name(),
                            holding.token()),
                    (command, answer, sentAt) -> {});
        }
    }

    private Command.TaskHold hold(Holding holding) {
        return new Command.TaskHold(TaskNames.task(holding.name()), client.session(), holding.token());
    }

    /** For as long as it was granted: a shorter time could reach the coordinator before the holder knows of it. */
    private void renew() {
        Holding holding = client.any();
        if (holding == null) {
            return;
        }
        if (TaskNames.isTask(holding.kind(), holding.name())) {
            Command renew = new Command.RenewTasks(List.of(hold(holding)), 0);
            client.ask(unused -> renew, (command, answer, sentAt) -> {
                if (answer instanceof Answer.TasksRenewed renewed) {
                    renewed.renewals().stream()
                            .map(Answer.TaskRenewal::grant)
                            .filter(grant -> grant != null && client.holdings().containsKey(grant.token()))
                            .forEach(grant -> client.hold(grant, sentAt));
                }
            });
        } else {
            client.ask(
                    (request, n) -> new Command.Renew(
                            client.session(),
                            client.incarnation(),
                            request,
                            holding.kind(),
                            holding.name(),
                            holding.token(),
                            0),
                    (command, answer, sentAt) -> {
                        if (answer instanceof Answer.Granted granted
                                && client.holdings().containsKey(holding.token())) {
                            client.hold(granted.grant(), sentAt);
                        }
                    });
        }
    }

    private void read() {
        Kind kind = schedule.oneIn(2) ? Kind.LOCK : Kind.CLAIM;
        String name = kind == Kind.LOCK ? "lock" + schedule.chance(2) : "ticket";
        client.ask(unused -> new Command.GetResource(kind, name), (command, answer, sentAt) -> {});
    }
}
