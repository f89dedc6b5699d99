package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.CpuMeter;
import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.load.Paced;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.HomeroomCluster.Setup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What 10,000 sessions that heartbeat every 10 s cost, as calls of their own and as messages of streams. */
public final class ManySessions implements Scenario {
    private static final int SESSIONS = 10_000;
    private static final int PER_SECOND = 1_000;
    private static final int STREAMS = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    @Override
    public String operation() {
        return "10k sessions";
    }

    @Override
    public void run(Stage stage, Consumer<Row> figures) {
        try (HomeroomCluster cluster = stage.start("sessions", Setup.of(stage.nodes()));
                Channels channels = Scenario.connect(cluster, Math.max(0, cluster.leader()), 2)) {
            Agents agents = Agents.register(channels, "many", SESSIONS, 30);
            figures.accept(look(stage, cluster, Heartbeats.unary(channels, agents, SESSIONS), "unary calls"));
            var streams = Heartbeats.streams(channels, STREAMS);
            Step overStreams = Heartbeats.overStreams(streams, agents, SESSIONS, 1);
            figures.accept(look(stage, cluster, overStreams, "100 streams"));
        }
    }

    private static Row look(Stage stage, HomeroomCluster cluster, Step step, String how) {
        new Paced(step, SESSIONS, PER_SECOND).run(WARM_UP);
        CpuMeter meter = new CpuMeter(cluster.pids());
        Map<String, Double> before = meter.read();
        long start = System.nanoTime();
        Paced paced = new Paced(step, SESSIONS, PER_SECOND).run(stage.time());
        Map<String, Double> used = Meter.between(before, meter.read());
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("how", how);
        used.forEach((who, busy) -> extras.put("cores_" + who, busy / seconds));
        if (paced.failures() > 0) {
            extras.put("failures", paced.failures());
        }
        return new Row(
                "homeroom",
                "10k sessions",
                SESSIONS,
                stage.nodes(),
                (double) PER_SECOND,
                paced.latencies().millisAt(0.5),
                paced.latencies().millisAt(0.99),
                extras);
    }
}
