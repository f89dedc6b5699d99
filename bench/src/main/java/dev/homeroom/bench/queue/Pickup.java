package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Histogram;
import dev.homeroom.bench.load.Paced;
import dev.homeroom.bench.report.Row;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** From the call that enqueues a task until a session that waits has it. */
public final class Pickup {
    /** Its name in the figures. */
    public static final String OPERATION = "pickup";

    private static final int WAITING = 32;
    private static final int PER_SECOND = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TaskClient client;
    private final Histogram latencies = new Histogram();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean measuring;
    private volatile boolean stopped;

    private Pickup(TaskClient client) {
        this.client = client;
    }

    /** Runs for a warm-up and a time. */
    public static Row run(TaskClient client, String level, Duration warmUp, Duration time) {
        return new Pickup(client).run(level, warmUp, time);
    }

    private Row run(String level, Duration warmUp, Duration time) {
        for (int i = 0; i < WAITING; i++) {
            listen(i);
        }
        Paced paced = new Paced(TaskSteps.enqueue(client, 1), 1, PER_SECOND);
        paced.run(warmUp);
        measuring = true;
        paced.run(time);
        measuring = false;
        stopped = true;
        Map<String, Object> extras = new java.util.LinkedHashMap<>();
        extras.put("level", level);
        extras.put("waiting", WAITING);
        if (failures.get() + paced.failures() > 0) {
            extras.put("failures", failures.get() + paced.failures());
        }
        return new Row(
                EngineSystem.SYSTEM,
                OPERATION,
                WAITING,
                1,
                (double) PER_SECOND,
                latencies.millisAt(0.5),
                latencies.millisAt(0.99),
                extras);
    }

    private void listen(int session) {
        if (stopped) {
            return;
        }
        client.claim(session, 1, PATIENCE).whenComplete((works, failure) -> {
            long now = System.nanoTime();
            if (failure != null) {
                failures.incrementAndGet();
                return;
            }
            if (works.isEmpty()) {
                listen(session);
                return;
            }
            if (measuring) {
                latencies.record(now - Payloads.madeAt(works.getFirst().payload()));
            }
            client.complete(session, works).whenComplete((ok, bad) -> {
                if (bad != null) {
                    failures.incrementAndGet();
                }
                listen(session);
            });
        });
    }
}
