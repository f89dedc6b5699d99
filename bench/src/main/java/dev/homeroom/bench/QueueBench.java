package dev.homeroom.bench;

import dev.homeroom.bench.load.ClosedLoop;
import dev.homeroom.bench.load.Measured;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.queue.Churn;
import dev.homeroom.bench.queue.DbSchedulerSystem;
import dev.homeroom.bench.queue.EngineSystem;
import dev.homeroom.bench.queue.HandWrittenSystem;
import dev.homeroom.bench.queue.History;
import dev.homeroom.bench.queue.PacedClaims;
import dev.homeroom.bench.queue.Pickup;
import dev.homeroom.bench.queue.QueueMeter;
import dev.homeroom.bench.queue.TaskSystem;
import dev.homeroom.bench.queue.TaskSystem.Load;
import dev.homeroom.bench.queue.WireSystem;
import dev.homeroom.bench.report.Report;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.PostgresServer;
import dev.homeroom.bench.server.QueueServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** All figures of the queue; every load runs on the references first, then on ours. Not thread-safe. */
final class QueueBench implements AutoCloseable {
    private static final int BATCH = 100;
    private static final int FEW = 64;
    private static final int MANY = 256;
    /** Callers with a hundred tasks each. */
    private static final int BATCHES = 16;

    private static final List<Load> LOADS = List.of(
            new Load("enqueue", FEW, 1),
            new Load("enqueue", MANY, 1),
            new Load("enqueue batch", BATCHES, BATCH),
            new Load("claim+complete", FEW, 1),
            new Load("claim+complete", MANY, 1),
            new Load("claim+complete batch", BATCHES, BATCH));
    private static final List<Load> WIRE =
            LOADS.stream().filter(load -> load.callers() != MANY).toList();

    private static final Duration FIRST_LOAD = Duration.ofSeconds(8);

    /** Finds out how fast a load goes, and lets the compiler see it. */
    private static final Duration TRIAL = Duration.ofMillis(1_500);

    private static final int TRIAL_TASKS = 120_000;
    private static final int MOST_TASKS = 1_500_000;
    private static final double SPARE = 2;
    private static final int PENDING_BESIDE_HISTORY = 100_000;
    /** Churn may take so many times the measured time of a figure. */
    private static final int CHURN_TIMES = 15;

    private final Path home;
    private final Path data;
    private final Plan plan;
    private final Report report;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pauses").factory());
    private final PostgresServer postgres;
    private final HomeroomCluster coordinator;
    private final EngineSystem engine;
    /** The systems whose compilers have seen the loads. */
    private final Set<TaskSystem> warm = new HashSet<>();

    /**
     * What to do.
     *
     * @param time measured for each figure
     * @param firstClaims how long JVMs that have just started have single claims before the first figure of these: it is their
     *     compilers that have to have seen the load, the coordinator's too, which sees a few dozen calls a second in the beginning
     * @param only beginnings of operations or levels; empty: all
     * @param systems empty: all
     * @param history finished tasks of the figures with history
     * @param statements whether the figures name the statements
     * @param jvm more options of the queue-service's JVM
     */
    record Plan(
            Duration time,
            Duration firstClaims,
            Set<String> only,
            Set<String> systems,
            int history,
            boolean statements,
            List<String> jvm) {
        boolean wants(String part, String operation) {
            return only.isEmpty()
                    || only.stream()
                            .anyMatch(name -> part.equals(name)
                                    || (part.equals("engine") && operation.startsWith(name))
                                    || (part + " " + operation).startsWith(name));
        }

        boolean measures(String system) {
            return systems.isEmpty() || systems.contains(system);
        }

        Duration warmUp() {
            return time.dividedBy(2);
        }
    }

    QueueBench(Path home, Path data, Plan plan, Report report) {
        this.home = home;
        this.data = data;
        this.plan = plan;
        this.report = report;
        postgres = PostgresServer.start(data.resolve("postgres"), plan.statements());
        coordinator = HomeroomCluster.start(home, data.resolve("coordinator"), HomeroomCluster.Setup.of(1));
        engine = new EngineSystem(postgres, coordinator);
    }

    void run() {
        try (QueueMeter meter = new QueueMeter(postgres, coordinator, null, plan.statements())) {
            engine(meter);
            scenarios("engine", engine);
        }
        wire();
        history();
        if (plan.wants("engine", Churn.OPERATION) && plan.measures("homeroom")) {
            engine.clear();
            engine.fill(Churn.BACKLOG);
            report.add(Churn.run(engine.client(), postgres, plan.time().multipliedBy(CHURN_TIMES)));
        }
    }

    private void engine(QueueMeter meter) {
        List<Load> loads = LOADS.stream()
                .filter(load -> plan.wants("engine", load.operation()))
                .toList();
        if (loads.isEmpty()) {
            return;
        }
        List<TaskSystem> systems = new ArrayList<>();
        try {
            if (plan.measures("hand-written")) {
                systems.add(new HandWrittenSystem(postgres));
            }
            if (plan.measures("db-scheduler")) {
                systems.add(new DbSchedulerSystem(postgres));
            }
            List<TaskSystem> all = new ArrayList<>(systems);
            if (plan.measures("homeroom")) {
                all.add(engine);
                warm(engine);
            }
            for (Load load : loads) {
                all.forEach(system -> measure(system, load, meter, Map.of()));
            }
        } finally {
            systems.forEach(TaskSystem::close);
        }
    }

    private void wire() {
        List<Load> loads = WIRE.stream()
                .filter(load -> plan.wants("wire", load.operation()))
                .toList();
        boolean scenarios = plan.wants("wire", Pickup.OPERATION) || plan.wants("wire", PacedClaims.OPERATION);
        if ((loads.isEmpty() && !scenarios) || !plan.measures("homeroom")) {
            return;
        }
        try (QueueServer server = QueueServer.start(home, data, postgres, coordinator, plan.jvm());
                WireSystem wire = new WireSystem(server, coordinator, engine);
                QueueMeter meter = new QueueMeter(postgres, coordinator, server, plan.statements())) {
            warm(wire);
            loads.forEach(load -> measure(wire, load, meter, Map.of()));
            scenarios("wire", wire);
            report.add(new Row("homeroom", "memory", 0, 1, null, null, null, Map.of("rss_mib", server.residentMib())));
        }
    }

    private void history() {
        List<Load> loads = LOADS.stream()
                .filter(load -> plan.wants("history", load.operation()))
                .toList();
        if (loads.isEmpty() || plan.history() == 0 || !plan.measures("homeroom")) {
            return;
        }
        warm(engine);
        engine.clear();
        History.fill(postgres, plan.history());
        engine.fill(PENDING_BESIDE_HISTORY);
        try (QueueMeter meter = new QueueMeter(postgres, coordinator, null, plan.statements())) {
            Map<String, Object> note = Map.of("history", plan.history(), "pending", PENDING_BESIDE_HISTORY);
            loads.forEach(load -> measure(engine, load, meter, note));
        }
    }

    private void scenarios(String level, TaskSystem system) {
        if (!plan.measures("homeroom")) {
            return;
        }
        var client = system instanceof WireSystem wire ? wire.client() : engine.client();
        if (plan.wants(level, PacedClaims.OPERATION)) {
            system.clear();
            system.fill(PacedClaims.tasks(plan.warmUp().plus(plan.time())));
            quiet();
            PacedClaims.run(client, level, plan.warmUp(), plan.time()).forEach(report::add);
        }
        if (plan.wants(level, Pickup.OPERATION)) {
            system.clear();
            quiet();
            report.add(Pickup.run(client, level, plan.warmUp(), plan.time()));
        }
    }

    /** What the enqueuing loads leave behind is what the claiming ones find. */
    private void warm(TaskSystem system) {
        if (!warm.add(system)) {
            return;
        }
        system.clear();
        for (Load load : WIRE) {
            system.step(load)
                    .ifPresent(step ->
                            ClosedLoop.run(step, load.callers(), first(load), Duration.ofMillis(1), Map::of, timer));
        }
    }

    private Duration first(Load load) {
        return load.claims() && load.tasks() == 1 ? plan.firstClaims() : FIRST_LOAD;
    }

    private void measure(TaskSystem system, Load load, QueueMeter meter, Map<String, Object> note) {
        if (note.isEmpty()) {
            system.clear();
        }
        if (load.claims()) {
            system.fill(TRIAL_TASKS);
        }
        Step step = system.step(load).orElse(null);
        if (step == null) {
            return;
        }
        Measured trial = ClosedLoop.run(step, load.callers(), TRIAL.dividedBy(3), TRIAL, Map::of, timer);
        if (load.claims()) {
            double seconds = plan.warmUp().plus(plan.time()).toMillis() / 1e3;
            system.fill((int) Math.min(MOST_TASKS, trial.perSecond() * load.tasks() * seconds * SPARE));
        }
        quiet();
        Measured seen = ClosedLoop.run(step, load.callers(), plan.warmUp(), plan.time(), meter, timer);
        report.add(row(system, load, seen, note));
        if (note.isEmpty()) {
            // Schedulers that poll by themselves would go on beside the next system's load.
            system.clear();
        }
    }

    /** Every load begins with clean buffers: whose checkpoint falls into whose time is not left to chance. */
    private void quiet() {
        postgres.administer("CHECKPOINT");
    }

    private static Row row(TaskSystem system, Load load, Measured seen, Map<String, Object> note) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("level", system.level());
        extras.put("per_request", load.tasks());
        extras.putAll(note);
        if (seen.parts().count() > 0) {
            extras.put("claim_p50_ms", seen.parts().millisAt(0.5));
            extras.put("claim_p99_ms", seen.parts().millisAt(0.99));
        }
        extras.putAll(QueueMeter.perTask(seen.used(), Math.max(1, seen.whole().count() * (double) load.tasks())));
        if (seen.failures() > 0) {
            extras.put("failures", seen.failures());
            extras.put("first_failure", String.valueOf(seen.firstFailure()));
        }
        boolean latency = !(system.pulls() && load.claims());
        return new Row(
                system.system(),
                load.operation(),
                load.callers(),
                1,
                seen.perSecond() * load.tasks(),
                latency(seen, 0.5, latency),
                latency(seen, 0.99, latency),
                extras);
    }

    private static @Nullable Double latency(Measured seen, double part, boolean known) {
        return known ? (Double) seen.whole().millisAt(part) : null;
    }

    @Override
    public void close() {
        engine.close();
        coordinator.close();
        postgres.close();
        timer.shutdownNow();
    }
}
