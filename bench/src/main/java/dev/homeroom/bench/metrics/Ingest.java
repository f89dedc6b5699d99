package dev.homeroom.bench.metrics;

import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.KafkaServer;
import dev.homeroom.bench.server.MetricsServer;
import dev.homeroom.bench.server.PostgresServer;
import dev.homeroom.contracts.event.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * From the topic to committed rows: a producer keeps the topic some way ahead of the fold all the time, and what is counted is
 * how far the offsets in the database move. Every event is new, so each moves them by one and makes one row.
 */
public final class Ingest {
    /** Its name in figures. */
    public static final String OPERATION = "ingest";

    private static final int AHEAD = 80_000;
    private static final String POSITION =
            "SELECT coalesce(sum(next), 0)::bigint FROM metrics.partition_offset WHERE topic = ?";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final MetricsServer service;
    private final Meter meter;

    /** Of a running service. */
    public Ingest(PostgresServer postgres, KafkaServer kafka, MetricsServer service, Meter meter) {
        this.meter = meter;
        this.postgres = postgres;
        this.kafka = kafka;
        this.service = service;
    }

    /** Runs events of so many students for a warm-up and a time, and waits until the fold has taken them all. */
    public Row run(String operation, int students, Duration warmUp, Duration time) {
        try (Connection connection = postgres.connect();
                PreparedStatement position = connection.prepareStatement(POSITION)) {
            position.setString(1, Topics.USABILITY);
            Producing producing = new Producing(kafka, operation, students, read(position));
            Thread producer = Thread.ofPlatform().daemon().name("producer").start(producing);
            long begun = System.nanoTime();
            while (read(position) == producing.from) {
                if (System.nanoTime() - begun > LONGEST_START.toNanos()) {
                    throw new IllegalStateException("the fold does not begin");
                }
                LockSupport.parkNanos(10_000_000);
            }
            follow(position, producing, warmUp);
            Map<String, Double> before = meter.read();
            long from = read(position);
            long start = System.nanoTime();
            follow(position, producing, time);
            long events = read(position) - from;
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Double> used = Meter.between(before, meter.read());
            producing.stop();
            producer.join();
            long lag = producing.sent() - (read(position) - producing.from);
            settle(position, producing);
            Map<String, Object> extras = new LinkedHashMap<>();
            extras.put("students", students);
            extras.put("lag_at_the_end", lag);
            extras.put("rss_mib", service.residentMib());
            extras.putAll(MetricsMeter.perEvent(used, (double) events));
            extras.put("producer_waited", producing.waited() > 0);
            return new Row("homeroom", operation, 0, 1, events / seconds, null, null, extras);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void follow(PreparedStatement position, Producing producing, Duration time) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            producing.folded(read(position));
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** What is left must not fall into the next figure. */
    private static void settle(PreparedStatement position, Producing producing) throws SQLException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (read(position) - producing.from < producing.sent() && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static long read(PreparedStatement position) throws SQLException {
        try (ResultSet row = position.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Keeps the topic ahead of the fold. */
    private static final class Producing implements Runnable {
        private final KafkaServer kafka;
        private final EventStream stream;
        private final long from;
        private final AtomicLong folded = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private volatile boolean stopped;
        private final AtomicLong waited = new AtomicLong();

        Producing(KafkaServer kafka, String prefix, int students, long from) {
            this.kafka = kafka;
            this.stream = new EventStream(
                    prefix.replace(' ', '-') + "-", students, Instant.now().minus(Duration.ofHours(6)));
            this.from = from;
        }

        @Override
        public void run() {
            Map<String, Object> settings = Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    kafka.address(),
                    ProducerConfig.LINGER_MS_CONFIG,
                    5,
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    256 * 1024,
                    ProducerConfig.ACKS_CONFIG,
                    "all");
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
                while (!stopped) {
                    if (sent.get() - folded.get() > AHEAD) {
                        waited.incrementAndGet();
                        LockSupport.parkNanos(2_000_000);
                    } else {
                        var _ = producer.send(stream.next().published());
                        sent.incrementAndGet();
                    }
                }
            }
        }

        void folded(long position) {
            folded.set(position - from);
        }

        long sent() {
            return sent.get();
        }

        long waited() {
            return waited.get();
        }

        void stop() {
            stopped = true;
        }
    }
}
