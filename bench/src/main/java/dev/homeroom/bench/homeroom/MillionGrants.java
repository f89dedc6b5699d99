package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.HomeroomCluster.Setup;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Session;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A million held locks on one replica: what a snapshot takes, how large it is, how long a restart takes, the memory. */
public final class MillionGrants implements Scenario {
    private static final int SESSIONS = 1_000;
    private static final int EACH = 1_000;
    private static final int UNDER_WAY = 2_048;
    private static final long DAY_SECONDS = 24 * 3_600;
    private static final long LEASE_SECONDS = 4 * 3_600;
    /** Long enough for a snapshot after the last grant. */
    private static final Duration SNAPSHOTS = Duration.ofSeconds(30);
    /** What the service logs of a snapshot. */
    private static final Pattern WROTE = Pattern.compile("Wrote the snapshot of entry .* in (\\d+) ms");

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEBI = 1 << 20;

    @Override
    public String operation() {
        return "1M grants";
    }

    @Override
    public void run(Stage stage, Consumer<Row> figures) {
        Setup setup = Setup.of(1).withJvm("-Xmx3g").with("RAFT_SNAPSHOT_INTERVAL", "10s");
        try (HomeroomCluster cluster = stage.start("grants", setup)) {
            long begun = System.nanoTime();
            long failures = fill(cluster);
            double filled = (System.nanoTime() - begun) / NANOS_PER_SECOND;
            LockSupport.parkNanos(SNAPSHOTS.toNanos());
            Map<String, Object> extras = new LinkedHashMap<>();
            extras.put("fill_s", filled);
            extras.put("failures", failures);
            extras.put("rss_mib", residentMebi(cluster.replica(0).pid()));
            snapshot(cluster.dataOf(0))
                    .ifPresent(file -> describe(file, cluster.replica(0).lastWords(), extras));
            cluster.replica(0).kill();
            long restart = System.nanoTime();
            cluster.launch(0);
            cluster.awaitReady(0);
            extras.put("restart_s", (System.nanoTime() - restart) / NANOS_PER_SECOND);
            extras.put("rss_after_restart_mib", residentMebi(cluster.replica(0).pid()));
            figures.accept(
                    new Row("homeroom", operation(), 0, 1, (SESSIONS * EACH - failures) / filled, null, null, extras));
        }
    }

    private static long fill(HomeroomCluster cluster) {
        AtomicLong failures = new AtomicLong();
        try (Channels channels = Scenario.connect(cluster, 0, 2)) {
            Agents agents = Agents.register(channels, "holder", SESSIONS, LEASE_SECONDS);
            Semaphore permits = new Semaphore(UNDER_WAY);
            for (int i = 0; i < EACH; i++) {
                for (int s = 0; s < SESSIONS; s++) {
                    permits.acquireUninterruptibly();
                    CoordinatorGrpc.newStub(channels.of(s))
                            .acquire(request(agents.get(s), i), new Ended(permits, failures));
                }
            }
            permits.acquireUninterruptibly(UNDER_WAY);
        }
        return failures.get();
    }

    private static AcquireRequest request(Session session, int i) {
        return AcquireRequest.newBuilder()
                .setKind("lock")
                .setName("repo/" + session.getId() + "/file-" + i)
                .setSession(session.getId())
                .setIncarnation(session.getIncarnation())
                .setTtl(com.google.protobuf.Duration.newBuilder().setSeconds(DAY_SECONDS))
                .build();
    }

    private record Ended(Semaphore permits, AtomicLong failures) implements StreamObserver<Grant> {
        @Override
        public void onNext(Grant grant) {
            // That it came is enough.
        }

        @Override
        public void onError(Throwable failure) {
            failures.incrementAndGet();
            permits.release();
        }

        @Override
        public void onCompleted() {
            permits.release();
        }
    }

    /** The newest snapshot of a replica. */
    private static Optional<Path> snapshot(Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(Path snapshot, List<String> log, Map<String, Object> extras) {
        try {
            extras.put("snapshot_mib", Files.size(snapshot) / MEBI);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.stream()
                .map(WROTE::matcher)
                .filter(Matcher::find)
                .reduce((first, last) -> last)
                .ifPresent(match -> extras.put("snapshot_ms", Long.parseLong(match.group(1))));
    }

    private static double residentMebi(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1_024.0;
        } catch (IOException e) {
            return 0;
        }
    }
}
