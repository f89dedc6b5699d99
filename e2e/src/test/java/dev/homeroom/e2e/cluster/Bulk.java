package dev.homeroom.e2e.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Writes much: sessions with as many and as long capabilities as may be, one after the other, until closed. */
final class Bulk implements AutoCloseable {
    private static final int CAPABILITIES = 32;
    private static final int BYTES = 200;
    /** As many sessions, registered again and again: the state does not grow. */
    private static final int SESSIONS = 20;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Bulk(Cluster cluster) {
        for (Node node : cluster.nodes()) {
            threads.add(Thread.ofVirtual().start(() -> write(node)));
        }
    }

    private void write(Node node) {
        List<String> capabilities = new ArrayList<>(Collections.nCopies(CAPABILITIES, ""));
        for (long i = 0; !closed; i++) {
            for (int c = 0; c < CAPABILITIES; c++) {
                capabilities.set(c, ("c" + i + "-" + c + "-").repeat(BYTES).substring(0, BYTES));
            }
            String session = "bulk-" + node.name() + "-" + i % SESSIONS;
            var unused = node.door()
                    .post(
                            "/api/sessions",
                            Map.of("id", session, "instance", session + "-" + i, "capabilities", capabilities));
        }
    }

    @Override
    public void close() {
        closed = true;
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
