package dev.homeroom.bench.metrics;

import dev.homeroom.bench.http.HttpLoad;
import dev.homeroom.bench.load.Histogram;
import dev.homeroom.bench.load.Paced;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.KafkaServer;
import dev.homeroom.bench.server.MetricsServer;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.local.process.Await;
import dev.homeroom.platform.event.EventCodec;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the click to the episode: 200 requests a second of ten events each go to the edge, whether earlier ones are answered or
 * not. Nine are what 2,400 students do; one is the next failed attempt of a student whose fourth opens an episode. Measured
 * is the time from when the request with the fourth was due until the episode's event is read from Kafka.
 */
public final class EpisodeLatency {
    /** Its name in figures. */
    public static final String OPERATION = "event to episode";

    private static final int REQUESTS_A_SECOND = 200;
    private static final int EVENTS = 10;
    private static final int FAILURES = 4;
    private static final int CONNECTIONS = 32;
    private static final int STUDENTS = 2_400;
    private static final String DETECTOR = "repeated-errors";
    private static final Duration STRAGGLERS = Duration.ofSeconds(10);

    private final MetricsServer service;
    private final KafkaServer kafka;
    private final EventStream others =
            new EventStream("live-", STUDENTS, Instant.now().minus(Duration.ofMinutes(30)));
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final AtomicLong expected = new AtomicLong();
    private final Histogram latencies = new Histogram();
    private volatile boolean measuring;
    private volatile boolean stopped;
    private long turns;

    /** Of a running service. */
    public EpisodeLatency(MetricsServer service, KafkaServer kafka) {
        this.service = service;
        this.kafka = kafka;
    }

    /** Runs for a warm-up and a time. */
    public Row run(Duration warmUp, Duration time) {
        Thread reader = Thread.ofPlatform().daemon().name("episodes").start(this::read);
        try (HttpLoad http = new HttpLoad(service.port(), CONNECTIONS, service.asApp())) {
            new Paced((_, done) -> http.post("/api/metrics", body(), done, _ -> done.ok()), 1, REQUESTS_A_SECOND)
                    .run(warmUp);
            measuring = true;
            Paced paced = new Paced(
                            (_, done) -> http.post("/api/metrics", body(), done, _ -> done.ok()), 1, REQUESTS_A_SECOND)
                    .run(time);
            measuring = false;
            boolean all = Await.until(STRAGGLERS, () -> latencies.count() >= expected.get());
            Map<String, Object> extras = new LinkedHashMap<>();
            extras.put("episodes", latencies.count());
            extras.put("http_p99_ms", paced.latencies().millisAt(0.99));
            extras.put("max_ms", latencies.millisAt(1));
            if (!all || paced.failures() > 0) {
                extras.put("missing", expected.get() - latencies.count());
                extras.put("failures", paced.failures());
            }
            return new Row(
                    "homeroom",
                    OPERATION,
                    0,
                    1,
                    (double) REQUESTS_A_SECOND * EVENTS,
                    latencies.millisAt(0.5),
                    latencies.millisAt(0.99),
                    extras);
        } finally {
            stopped = true;
            join(reader);
        }
    }

    private Buffer body() {
        long student = turns / FAILURES;
        boolean last = turns++ % FAILURES == FAILURES - 1;
        StringBuilder json = new StringBuilder("[");
        for (int i = 1; i < EVENTS; i++) {
            json.append(others.next().sent()).append(',');
        }
        Instant now = Instant.now();
        json.append(new EventStream.Event(
                                UUID.randomUUID(),
                                "stuck-" + student % 60,
                                "stuck-" + student,
                                "submit",
                                "own-" + student,
                                "skill",
                                "failure",
                                now,
                                1,
                                1)
                        .sent())
                .append(']');
        if (last && measuring) {
            expected.incrementAndGet();
            due.put("stuck-" + student, System.nanoTime());
        }
        return Buffer.buffer(json.toString());
    }

    private void read() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.address(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, Topics.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.FRUSTRATION, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!stopped) {
                consumer.poll(Duration.ofMillis(200)).forEach(received -> {
                    EpisodeChange change =
                            EventCodec.decode(received, EpisodeChange.class).data();
                    Long since = change.detector().equals(DETECTOR) ? due.remove(change.student()) : null;
                    if (since != null) {
                        latencies.record(System.nanoTime() - since);
                    }
                });
            }
        }
    }

    private static void join(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
