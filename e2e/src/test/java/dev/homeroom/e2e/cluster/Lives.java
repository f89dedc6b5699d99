package dev.homeroom.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends the heartbeats of sessions, to every replica at once. As long as this goes on, no session may end by itself,
 * whatever happens to the replicas (R-S5).
 */
public final class Lives implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Set<String> ENDED = Set.of("session-ended", "stale-incarnation", "not-found");

    /** One run of a session. */
    public record Life(String session, long incarnation) {}

    /** Hears of a session that has ended. */
    public interface Ends {
        /**
         * It is over.
         *
         * @param problem what the coordinator said
         * @param longestPause between two of its heartbeats so far
         */
        void ended(Life life, String problem, Duration longestPause);
    }

    private final Supplier<List<Life>> living;
    private final List<Door> doors;
    private final Ends ends;
    private final BooleanSupplier stopped;
    private volatile long longestPauseNanos;

    /** Of whoever lives at the time, until stopped. */
    public Lives(Supplier<List<Life>> living, List<Door> doors, Ends ends, BooleanSupplier stopped) {
        this.living = living;
        this.doors = doors;
        this.ends = ends;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!stopped.getAsBoolean()) {
            List<Life> now = living.get();
            for (Door door : doors) {
                Thread.ofVirtual().start(() -> beat(door, now));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            long turn = System.nanoTime();
            longestPauseNanos = Math.max(longestPauseNanos, turn - last);
            last = turn;
        }
    }

    private void beat(Door door, List<Life> lives) {
        Door.Reply reply = door.post(
                "/api/sessions/heartbeats",
                Map.of(
                        "heartbeats",
                        lives.stream()
                                .map(life -> Map.of("id", life.session(), "incarnation", life.incarnation()))
                                .toList()));
        int i = 0;
        for (JsonNode result : reply.body().path("results")) {
            String problem = new Door.Reply(0, result.path("error")).problem();
            if (ENDED.contains(problem)) {
                ends.ended(lives.get(i), problem, Duration.ofNanos(longestPauseNanos));
            }
            i++;
        }
    }
}
