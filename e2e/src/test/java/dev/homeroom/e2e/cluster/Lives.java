package dev.homeroom.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Registers the sessions and sends their heartbeats, to every replica at once. As long as this goes on, no session may
 * end, whatever happens to the replicas (R-S5).
 */
final class Lives implements Runnable {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Set<String> ENDED = Set.of("session-ended", "stale-incarnation", "not-found");

    private final List<String> sessions;
    private final List<Door> doors;
    private final Ledger ledger;
    private final BooleanSupplier stopped;
    private volatile long longestPauseNanos;

    Lives(List<String> sessions, List<Door> doors, Ledger ledger, BooleanSupplier stopped) {
        this.sessions = sessions;
        this.doors = doors;
        this.ledger = ledger;
        this.stopped = stopped;
    }

    /** Before everything else, while nothing is disturbed. */
    void register(Cluster cluster) {
        for (String session : sessions) {
            Map<String, Object> body = Map.of("id", session, "instance", session, "leaseTimeout", LEASE.toString());
            cluster.await(
                    "the registration of " + session,
                    () -> doors.getFirst().post("/api/sessions", body).status() == 201);
        }
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!stopped.getAsBoolean()) {
            for (Door door : doors) {
                Thread.ofVirtual().start(() -> beat(door));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            long now = System.nanoTime();
            longestPauseNanos = Math.max(longestPauseNanos, now - last);
            last = now;
        }
    }

    private void beat(Door door) {
        Door.Reply reply = door.post(
                "/api/sessions/heartbeats",
                Map.of(
                        "heartbeats",
                        sessions.stream()
                                .map(session -> Map.of("id", session, "incarnation", 1))
                                .toList()));
        for (JsonNode result : reply.body().path("results")) {
            String problem = new Door.Reply(0, result.path("error")).problem();
            if (ENDED.contains(problem)) {
                ledger.violated("%s has ended (%s) although its heartbeats came at most %d ms apart (lease %s)"
                        .formatted(result.path("id").asText(), problem, longestPauseNanos / 1_000_000, LEASE));
            }
        }
    }
}
