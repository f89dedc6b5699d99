package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Paced;
import dev.homeroom.bench.load.Pipe;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.HomeroomCluster.Setup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * 10,000 sessions heartbeat at once for the last time and expire together, while 100 others heartbeat on: the longest that
 * one of those waits for its answer.
 */
public final class MassExpiry implements Scenario {
    private static final int DYING = 10_000;
    private static final int LIVE = 100;
    private static final int PER_SECOND = 200;
    private static final int PER_MESSAGE = 1_000;
    private static final long LEASE_SECONDS = 10;
    private static final Duration BEFORE = Duration.ofSeconds(7);
    private static final Duration DURING = Duration.ofSeconds(7);
    private static final int ROUNDS = 3;

    @Override
    public String operation() {
        return "mass expiry";
    }

    @Override
    public void run(Stage stage, Consumer<Row> figures) {
        try (HomeroomCluster cluster = stage.start("expiry", Setup.of(stage.nodes()));
                Channels channels = Scenario.connect(cluster, Math.max(0, cluster.leader()), 2)) {
            Agents live = Agents.register(channels, "live", LIVE, 3_600);
            Step beats = Heartbeats.unary(channels, live, LIVE);
            for (int round = 1; round <= ROUNDS; round++) { // the last one counts: the compiler has seen it then
                Agents dying = Agents.register(channels, "dying" + round, DYING, LEASE_SECONDS);
                lastBeats(channels, dying);
                Paced quiet = new Paced(beats, LIVE, PER_SECOND).run(BEFORE);
                Paced during = new Paced(beats, LIVE, PER_SECOND).run(DURING);
                if (round == ROUNDS) {
                    figures.accept(row(stage, quiet, during));
                }
            }
        }
    }

    private static void lastBeats(Channels channels, Agents dying) {
        var streams = Heartbeats.streams(channels, 1);
        Step step = Heartbeats.overStreams(streams, dying, DYING / PER_MESSAGE, PER_MESSAGE);
        new Paced(step, DYING / PER_MESSAGE, PER_SECOND).run(Duration.ofSeconds(1));
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        streams.forEach(Pipe::end);
    }

    private static Row row(Stage stage, Paced quiet, Paced during) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("max_ms", during.latencies().millisAt(1));
        extras.put("max_before_ms", quiet.latencies().millisAt(1));
        extras.put("failures", during.failures());
        return new Row(
                "homeroom",
                "mass expiry",
                DYING,
                stage.nodes(),
                null,
                during.latencies().millisAt(0.5),
                during.latencies().millisAt(0.99),
                extras);
    }
}
