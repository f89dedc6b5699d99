package dev.homeroom.e2e.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.cluster.Lives;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The session of one agent, from one incarnation to the next: registers, numbers its requests, dies. Heartbeats are sent
 * by {@link Lives}, as long as {@link #life()} says that it lives.
 */
final class TaskSession {
    private static final String LEASE = "PT6S";
    private static final int CONCURRENT = 50;
    private static final long AGAIN_NANOS = 80_000_000;

    private final String agent;
    private final List<Door> coordinators;
    private final BooleanSupplier stopped;
    private int generation;
    private long seq;
    private String id;
    private volatile Optional<Lives.Life> life = Optional.empty();

    TaskSession(String agent, List<Door> coordinators, BooleanSupplier stopped) {
        this.agent = agent;
        this.coordinators = List.copyOf(coordinators);
        this.stopped = stopped;
        this.id = agent;
    }

    String id() {
        return id;
    }

    /** The present run, if it lives. */
    Optional<Lives.Life> life() {
        return life;
    }

    /** The process is gone: no more signs of life. */
    void dies() {
        life = Optional.empty();
    }

    /** The coordinator said that this run is over. */
    void ended(Lives.Life what) {
        if (life.filter(what::equals).isPresent()) {
            life = Optional.empty();
        }
    }

    /** A new run, as the same session or as another one; returns when it is registered. */
    void register(boolean sameId) {
        generation++;
        seq = 0;
        if (!sameId) {
            id = agent + "-" + generation;
        }
        Map<String, Object> body = Map.of(
                "id", id,
                "instance", agent + "#" + generation,
                "leaseTimeout", LEASE,
                "maxConcurrentTasks", CONCURRENT);
        for (int i = 0; !stopped.getAsBoolean(); i++) {
            Door.Reply reply = coordinators.get(i % coordinators.size()).post("/api/sessions", body);
            if (reply.status() == 201) {
                life = Optional.of(
                        new Lives.Life(id, reply.body().path("incarnation").asLong()));
                return;
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    /** The beginning of a claim's body, with a number of its own. */
    Map<String, Object> claim() {
        seq++;
        Map<String, Object> body = new HashMap<>();
        body.put("session", id);
        body.put("incarnation", life.map(Lives.Life::incarnation).orElse(1L));
        body.put("seq", seq);
        body.put("unanswered", seq);
        return body;
    }

    /** Whether the answer to a claim says that this run is over. */
    static boolean isOver(JsonNode body) {
        String problem = new Door.Reply(0, body).problem();
        return problem.equals("session-ended") || problem.equals("stale-incarnation") || problem.equals("not-found");
    }
}
