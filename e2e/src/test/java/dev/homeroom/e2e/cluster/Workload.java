package dev.homeroom.e2e.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The clients of a run: agents, a reader at each replica, heartbeats. Stopped at the latest by {@link #close()}. */
final class Workload implements AutoCloseable {
    private static final int AGENTS = 6;
    private static final Duration LEASE = Duration.ofSeconds(10);
    /** Numbers of clients who look: apart from those of the agents. */
    private static final int READERS = 100;

    /** A session that lives through the whole run. */
    static final String SOMEBODY = "agent-0";

    private final Cluster cluster;
    private final Ledger ledger = new Ledger();
    private final Resources resources = new Resources(ledger);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Registers the sessions and starts everybody. */
    Workload(Cluster cluster, long seed) {
        this.cluster = cluster;
        List<Door> doors = cluster.nodes().stream().map(Node::door).toList();
        List<String> sessions =
                IntStream.range(0, AGENTS).mapToObj(i -> "agent-" + i).toList();
        sessions.forEach(session -> register(session, doors.getFirst()));
        List<Lives.Life> lives =
                sessions.stream().map(session -> new Lives.Life(session, 1)).toList();
        threads.add(Thread.ofVirtual().start(new Lives(() -> lives, doors, this::ended, () -> stopped)));
        for (int i = 0; i < AGENTS; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.ofVirtual()
                    .start(new Agent(i, sessions.get(i), doors, resources, ledger, random, () -> stopped)));
        }
        for (int i = 0; i < doors.size(); i++) {
            Random random = new Random(seed + READERS + i);
            threads.add(Thread.ofVirtual()
                    .start(new Reader(READERS + i, doors.get(i), resources, ledger, random, () -> stopped)));
        }
    }

    /** Before everything else, while nothing is disturbed. */
    private void register(String session, Door door) {
        Map<String, Object> body = Map.of("id", session, "instance", session, "leaseTimeout", LEASE.toString());
        cluster.await(
                "the registration of " + session,
                () -> door.post("/api/sessions", body).status() == 201);
    }

    private void ended(Lives.Life life, String problem, Duration longestPause) {
        ledger.violated("%s has ended (%s) although its heartbeats came at most %d ms apart (lease %s)"
                .formatted(life.session(), problem, longestPause.toMillis(), LEASE));
    }

    Ledger ledger() {
        return ledger;
    }

    Resources resources() {
        return resources;
    }

    /** Returns when so many more changes were acknowledged: the cluster works for its clients. */
    void awaitChanges(String when, int changes) {
        long from = ledger.acknowledgements();
        cluster.await(
                changes + " acknowledged changes " + when,
                () -> ledger.acknowledgements() - from >= changes
                        || !ledger.violations().isEmpty());
    }

    /** Stops everybody, then looks at every resource through every replica: the end of the history. */
    void finish() {
        close();
        for (Node node : cluster.nodes()) {
            for (String resource : ledger.history().byKey().keySet()) {
                cluster.await(
                        "a last look at " + resource + " through " + node.name(),
                        () -> Reader.look(READERS + node.number(), node.door(), resource, ledger)
                                .ok());
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
