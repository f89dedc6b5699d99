package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Histogram;
import dev.homeroom.bench.load.Paced;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.report.Row;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Claims and completions at a fixed rate, whether earlier ones have ended or not. */
public final class PacedClaims {
    /** Begins the names of its figures. */
    public static final String OPERATION = "paced";

    private static final int PER_SECOND = 2_000;

    private PacedClaims() {}

    /** How many tasks have to be there. */
    public static int tasks(Duration time) {
        return (int) (PER_SECOND * (time.toSeconds() + 1));
    }

    /** Runs for a warm-up and a time on a filled queue. */
    public static List<Row> run(TaskClient client, String level, Duration warmUp, Duration time) {
        new Paced(step(client, new Histogram(), new Histogram()), EngineSystem.SESSIONS, PER_SECOND).run(warmUp);
        Histogram claims = new Histogram();
        Histogram completions = new Histogram();
        Paced paced = new Paced(step(client, claims, completions), EngineSystem.SESSIONS, PER_SECOND).run(time);
        return List.of(
                row("paced claim", level, claims, paced.failures()),
                row("paced complete", level, completions, paced.failures()));
    }

    /** A session takes its turn only when the load before has come round: its requests have numbers in their order. */
    private static Step step(TaskClient client, Histogram claims, Histogram completions) {
        AtomicInteger turn = new AtomicInteger();
        return (caller, done) -> {
            int session = turn.getAndIncrement() % EngineSystem.SESSIONS;
            long begun = System.nanoTime();
            TaskSteps.then(client.claim(session, 1, Duration.ZERO), done, works -> {
                long claimed = System.nanoTime();
                claims.record(claimed - begun);
                if (works.isEmpty()) {
                    done.failed(new IllegalStateException("nothing to claim"));
                    return;
                }
                TaskSteps.then(client.complete(session, works), done, ok -> {
                    completions.record(System.nanoTime() - claimed);
                    done.ok();
                });
            });
        };
    }

    private static Row row(String operation, String level, Histogram latencies, long failures) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("level", level);
        if (failures > 0) {
            extras.put("failures", failures);
        }
        return new Row(
                EngineSystem.SYSTEM,
                operation,
                EngineSystem.SESSIONS,
                1,
                (double) PER_SECOND,
                latencies.millisAt(0.5),
                latencies.millisAt(0.99),
                extras);
    }
}
