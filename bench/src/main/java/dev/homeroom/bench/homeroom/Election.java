package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.homeroom.Probe.Committed;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.HomeroomCluster.Setup;
import dev.homeroom.local.process.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How long nobody can write when the leader of three goes. Two probes write through the other replicas without pause. After
 * a kill: the time to the answer of the first write that began later. Around a planned stop: the longest time without an
 * answer.
 */
public final class Election implements Scenario {
    /** Of writing before each trial: one of the replicas has just started, and its JVM compiles. */
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final double NANOS_PER_MILLI = 1e6;

    private static final String[] JVM = {"-Xms256m", "-Xmx512m"};

    private final int trials;
    private final String[] jvm;

    /**
     * Of so many kills, and as many stops.
     *
     * @param jvm options of the replicas' JVMs; empty: those of the bench
     */
    public Election(int trials, Collection<String> jvm) {
        this.trials = trials;
        this.jvm = jvm.isEmpty() ? JVM : jvm.toArray(String[]::new);
    }

    @Override
    public String operation() {
        return "election";
    }

    @Override
    public void run(Stage stage, Consumer<Row> figures) {
        try (HomeroomCluster cluster = stage.start("election", Setup.of(3).withJvm(jvm))) {
            List<Double> kills = new ArrayList<>();
            List<Double> stops = new ArrayList<>();
            for (int i = 0; i < trials; i++) {
                kills.add(trial(cluster, true));
                stops.add(trial(cluster, false));
            }
            figures.accept(row("election after kill -9", kills));
            figures.accept(row("election at planned stop", stops));
        }
    }

    private Row row(String operation, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return new Row(
                "homeroom",
                operation,
                0,
                3,
                null,
                sorted.get(sorted.size() / 2),
                null,
                Map.of("max_ms", sorted.getLast(), "trials", trials));
    }

    private static double trial(HomeroomCluster cluster, boolean kill) {
        Await.until(LIMIT, () -> cluster.leader() >= 0);
        int leader = cluster.leader();
        List<Probe> probes = new ArrayList<>();
        for (int node = 0; node < cluster.nodes(); node++) {
            if (node != leader) {
                probes.add(new Probe(Scenario.connect(cluster, node, 1)));
            }
        }
        LockSupport.parkNanos(WARM_UP.toNanos());
        long start = System.nanoTime();
        if (kill) {
            cluster.replica(leader).kill();
        } else {
            cluster.replica(leader).terminate();
        }
        Await.until(LIMIT, () -> !cluster.replica(leader).isAlive() && began(probes, start));
        LockSupport.parkNanos(SETTLE.toNanos());
        probes.forEach(Probe::close);
        List<Committed> all = probes.stream()
                .map(Probe::committed)
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Committed::answered))
                .toList();
        cluster.launch(leader);
        cluster.awaitReady(leader);
        return (kill ? firstAfter(all.stream(), start) : longestGap(all, start)) / NANOS_PER_MILLI;
    }

    private static boolean began(List<Probe> probes, long start) {
        return probes.stream().map(Probe::committed).flatMap(List::stream).anyMatch(write -> write.begun() > start);
    }

    static long firstAfter(Stream<Committed> writes, long start) {
        return writes.filter(write -> write.begun() >= start)
                .mapToLong(write -> write.answered() - start)
                .min()
                .orElse(LIMIT.toNanos());
    }

    /** Between answers, from {@code start} on; the last one before it counts as {@code start}. */
    static long longestGap(List<Committed> sorted, long start) {
        long last = start;
        long longest = 0;
        for (Committed write : sorted) {
            if (write.answered() > start) {
                longest = Math.max(longest, write.answered() - last);
                last = write.answered();
            }
        }
        return longest == 0 ? LIMIT.toNanos() : longest;
    }
}
