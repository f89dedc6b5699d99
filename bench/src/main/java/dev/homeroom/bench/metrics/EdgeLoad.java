package dev.homeroom.bench.metrics;

import dev.homeroom.bench.http.HttpLoad;
import dev.homeroom.bench.load.ClosedLoop;
import dev.homeroom.bench.load.Measured;
import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.MetricsServer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The edge alone: {@code POST /api/metrics} with 50 events a request, each answered behind the broker's acknowledgement. The
 * fold is off, so the bodies may repeat.
 */
public final class EdgeLoad {
    /** Its name in figures. */
    public static final String OPERATION = "edge";

    private static final int BATCH = 50;
    private static final int CALLERS = 32;
    private static final int BODIES = 256;

    private EdgeLoad() {}

    /** Runs for a warm-up and a time. */
    public static Row run(
            MetricsServer service, Meter meter, Duration warmUp, Duration time, ScheduledExecutorService timer) {
        List<Buffer> bodies = bodies();
        try (HttpLoad http = new HttpLoad(service.port(), CALLERS, service.asApp())) {
            int[] turn = new int[CALLERS];
            Measured seen = ClosedLoop.run(
                    (caller, done) -> http.post(
                            "/api/metrics", bodies.get((caller * 31 + turn[caller]++) % BODIES), done, _ -> done.ok()),
                    CALLERS,
                    warmUp,
                    time,
                    meter,
                    timer);
            Map<String, Object> extras = new LinkedHashMap<>();
            extras.put("per_request", BATCH);
            extras.putAll(MetricsMeter.perEvent(seen.used(), seen.whole().count() * (double) BATCH));
            if (seen.failures() > 0) {
                extras.put("failures", seen.failures());
                extras.put("first_failure", String.valueOf(seen.firstFailure()));
            }
            return new Row(
                    "homeroom",
                    OPERATION,
                    CALLERS,
                    1,
                    seen.perSecond() * BATCH,
                    seen.whole().millisAt(0.5),
                    seen.whole().millisAt(0.99),
                    extras);
        }
    }

    /** Each of one classroom, as its app's server would gather them. */
    private static List<Buffer> bodies() {
        List<Buffer> bodies = new ArrayList<>(BODIES);
        for (int i = 0; i < BODIES; i++) {
            EventStream stream = new EventStream(
                    "edge-" + i + "-", EventStream.CLASSROOM, Instant.now().minusSeconds(60));
            List<String> events = new ArrayList<>(BATCH);
            for (int n = 0; n < BATCH; n++) {
                events.add(stream.next().sent());
            }
            bodies.add(Buffer.buffer("[" + String.join(",", events) + "]"));
        }
        return bodies;
    }
}
