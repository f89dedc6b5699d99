package dev.homeroom.bench;

import dev.homeroom.bench.etcd.EtcdSubject;
import dev.homeroom.bench.homeroom.Election;
import dev.homeroom.bench.homeroom.HomeroomSubject;
import dev.homeroom.bench.homeroom.ManySessions;
import dev.homeroom.bench.homeroom.MassExpiry;
import dev.homeroom.bench.homeroom.MillionGrants;
import dev.homeroom.bench.homeroom.Scenario;
import dev.homeroom.bench.http.HomeroomHttpSubject;
import dev.homeroom.bench.http.NoOpSubject;
import dev.homeroom.bench.load.ClosedLoop;
import dev.homeroom.bench.load.CpuMeter;
import dev.homeroom.bench.load.Measured;
import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.load.Subject.Load;
import dev.homeroom.bench.load.Subject.Prepared;
import dev.homeroom.bench.redis.RedisSubject;
import dev.homeroom.bench.report.Report;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.EtcdCluster;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.HomeroomCluster.Setup;
import dev.homeroom.bench.server.Program;
import dev.homeroom.bench.server.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** All figures of the coordinator; every load runs on the references first, then on ours. Not thread-safe. */
final class CoordinatorBench implements AutoCloseable {
    /** The most sessions the core takes: registering must not meet the bound of 20,000. */
    private static final String MOST_SESSIONS = "1000000";

    /** A JVM that has just started is not what a service is: the compiler has to have seen the load. */
    private static final Duration FIRST_LOAD = Duration.ofSeconds(20);

    private static final double MICROS_PER_SECOND = 1e6;
    private static final int FEW = 32;
    private static final int MANY = 1_024;
    private static final List<Load> LOADS = List.of(
            new Load(Operations.HTTP_NO_OP, FEW),
            new Load(Operations.HTTP_HEARTBEAT, FEW),
            new Load(Operations.HTTP_LOCK_PAIR, FEW),
            new Load(Operations.LOCK_PAIR, FEW),
            new Load(Operations.LOCK_PAIR, MANY),
            new Load(Operations.LOCK_PAIR_UNARY, FEW),
            new Load(Operations.LOCK_PAIR_UNARY, MANY),
            new Load(Operations.LOCK_PAIR_APART, FEW),
            new Load(Operations.LIMIT_PAIR, FEW),
            new Load(Operations.LIMIT_PAIR, MANY),
            new Load(Operations.HEARTBEAT, FEW),
            new Load(Operations.HEARTBEAT_UNARY, FEW),
            new Load(Operations.HEARTBEAT_UNARY, MANY),
            new Load(Operations.REGISTER, FEW),
            new Load(Operations.REGISTER, MANY));

    private final Path home;
    private final Path data;
    private final Plan plan;
    private final Report report;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pauses").factory());
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * What to do.
     *
     * @param nodes replicas
     * @param time measured for each figure
     * @param only beginnings of operations; empty: all
     * @param systems empty: all
     * @param jvm options of the coordinator's JVM; empty: the bench's own
     * @param trials of each election
     */
    record Plan(int nodes, Duration time, Set<String> only, Set<String> systems, Set<String> jvm, int trials) {
        boolean wants(String operation) {
            return only.isEmpty() || only.stream().anyMatch(operation::startsWith);
        }

        boolean measures(String system) {
            return systems.isEmpty() || systems.contains(system);
        }

        Duration warmUp() {
            return time.dividedBy(2);
        }

        Setup setup() {
            Setup setup = Setup.of(nodes).with("HOMEROOM_COORDINATOR_SESSIONS_MOST", MOST_SESSIONS);
            return jvm.isEmpty() ? setup : setup.withJvm(jvm.toArray(String[]::new));
        }
    }

    CoordinatorBench(Path home, Path data, Plan plan, Report report) {
        this.home = home;
        this.data = data;
        this.plan = plan;
        this.report = report;
    }

    void run() {
        List<Load> loads =
                LOADS.stream().filter(load -> plan.wants(load.operation())).toList();
        if (!loads.isEmpty()) {
            open();
            subjects.stream()
                    .filter(subject -> subject.system().equals("homeroom"))
                    .findFirst()
                    .ifPresent(subject -> {
                        warm(subject, Operations.LOCK_PAIR);
                        if (plan.wants(Operations.LOCK_PAIR_UNARY)) {
                            warm(subject, Operations.LOCK_PAIR_UNARY);
                        }
                    });
            loads.forEach(this::measure);
            end();
        }
        Scenario.Stage stage = new Scenario.Stage(home, data, plan.nodes(), plan.time());
        for (Scenario scenario : List.of(
                new Election(plan.trials(), plan.jvm()), new ManySessions(), new MillionGrants(), new MassExpiry())) {
            if (plan.wants(scenario.operation()) && plan.measures("homeroom")) {
                scenario.run(stage, report::add);
            }
        }
    }

    private void open() {
        if (plan.measures("redis")) {
            Program.find(RedisServer.PROGRAM)
                    .ifPresentOrElse(
                            program -> {
                                RedisServer server = closed(RedisServer.start(program, data.resolve("redis")));
                                subject(new RedisSubject(server));
                            },
                            () -> missing.add("redis"));
        }
        if (plan.measures("etcd")) {
            Program.find(EtcdCluster.PROGRAM)
                    .ifPresentOrElse(
                            program -> {
                                EtcdCluster server =
                                        closed(EtcdCluster.start(program, data.resolve("etcd"), plan.nodes()));
                                subject(new EtcdSubject(server));
                            },
                            () -> missing.add("etcd"));
        }
        subject(new NoOpSubject(data, FEW));
        if (plan.measures("homeroom")) {
            HomeroomCluster cluster = closed(HomeroomCluster.start(home, data.resolve("homeroom"), plan.setup()));
            subject(new HomeroomSubject(cluster, false));
            if (plan.nodes() > 1) {
                subject(new HomeroomSubject(cluster, true));
            }
            subject(new HomeroomHttpSubject(cluster));
        }
    }

    private <T extends AutoCloseable> T closed(T server) {
        closing.push(() -> {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("a server does not stop", e);
            }
        });
        return server;
    }

    private void subject(Subject subject) {
        closing.push(subject::close);
        subjects.add(subject);
    }

    private void warm(Subject subject, String operation) {
        Load load = new Load(operation, MANY);
        subject.prepare(load).ifPresent(prepared -> {
            ClosedLoop.run(
                    prepared.step(), load.callers(), FIRST_LOAD, Duration.ofMillis(1), new CpuMeter(List.of()), timer);
            prepared.after().run();
        });
    }

    private void measure(Load load) {
        for (String system : missing) {
            report.add(Row.missing(
                    system, load.operation(), load.callers(), 1, "the server's program is not on the PATH"));
        }
        for (Subject subject : subjects) {
            subject.prepare(load).ifPresent(prepared -> report.add(measure(subject, load, prepared)));
        }
    }

    private Row measure(Subject subject, Load load, Prepared prepared) {
        try {
            Measured seen = ClosedLoop.run(
                    prepared.step(), load.callers(), plan.warmUp(), plan.time(), new CpuMeter(subject.pids()), timer);
            return new Row(
                    subject.system(),
                    load.operation(),
                    load.callers() * prepared.unitsPerTurn(),
                    subject.nodes(),
                    seen.perSecond() * prepared.unitsPerTurn(),
                    seen.whole().millisAt(0.5),
                    seen.whole().millisAt(0.99),
                    extras(prepared, seen));
        } finally {
            prepared.after().run();
        }
    }

    private static Map<String, Object> extras(Prepared prepared, Measured seen) {
        Map<String, Object> extras = new LinkedHashMap<>(prepared.shape());
        if (seen.parts().count() > 0) {
            extras.put("acquire_p50_ms", seen.parts().millisAt(0.5));
            extras.put("acquire_p99_ms", seen.parts().millisAt(0.99));
        }
        double perSecond = seen.perSecond() * prepared.unitsPerTurn();
        seen.used().forEach((who, seconds) -> {
            double cores = seconds / seen.seconds();
            extras.put("cores_" + who, cores);
            extras.put("us_per_op_" + who, cores * MICROS_PER_SECOND / perSecond);
        });
        if (seen.failures() > 0) {
            extras.put("failures", seen.failures());
        }
        Throwable failure = seen.firstFailure();
        if (failure != null) {
            extras.put("first_failure", failure.toString());
        }
        return extras;
    }

    /** Ends what the loads ran on. */
    private void end() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
        subjects.clear();
    }

    @Override
    public void close() {
        end();
        timer.shutdownNow();
    }
}
