package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.FoldSettings;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.Folding;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.postgres.FoldDatabase;
import dev.homeroom.platform.event.DeadLetters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A replica of the fold on its own thread, which may die behind a commit, before it knows of it. */
final class Replica implements AutoCloseable {
    private final CountDownLatch dead = new CountDownLatch(1);
    private final Consumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final DeadLetters deadLetters;
    private final RollupPublisher rollups;
    private final FoldStatus status;
    private final FoldLoop loop;
    private final Thread thread;

    /**
     * @param group its consumer group
     * @param commits after so many it dies
     */
    Replica(String brokers, String group, FoldDatabase database, int commits) {
        this(brokers, group, new Mortal(database.store(), commits), database.source());
    }

    /**
     * @param group its consumer group
     * @param store where it writes
     */
    Replica(String brokers, String group, FoldStore store, DataSource database) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        group,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "none",
                        "max.poll.records",
                        60,
                        "session.timeout.ms",
                        6_000,
                        "heartbeat.interval.ms",
                        500,
                        "partition.assignment.strategy",
                        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        deadLetters = new DeadLetters(brokers);
        FoldSettings settings = new SmallRyeConfigBuilder()
                .withMapping(FoldSettings.class)
                .build()
                .getConfigMapping(FoldSettings.class);
        status = new FoldStatus(new SimpleMeterRegistry());
        Clock clock = Clock.systemUTC();
        // Nothing is published: both are only told of changes, and never started.
        rollups = new RollupPublisher(_ -> List.of(), settings, clock, brokers);
        EpisodeRelay relay = new EpisodeRelay(database, new SimpleMeterRegistry(), brokers);
        FoldParts parts = new FoldParts(
                settings, store, new Decoder(settings.clockTolerance()), deadLetters, rollups, relay, status, clock);
        loop = new FoldLoop(consumer, new TopicPositions(admin, store, status), parts);
        thread = Thread.ofPlatform().daemon().name("replica").start(this::run);
    }

    private void run() {
        try {
            loop.run();
        } catch (Death e) {
            // Its consumer is closed without a word to the group's offsets: there are none.
        } finally {
            consumer.close();
            dead.countDown();
        }
    }

    /** What it tells of itself. */
    FoldStatus status() {
        return status;
    }

    boolean lives() {
        return dead.getCount() > 0;
    }

    void awaitDeath(Duration limit) throws InterruptedException {
        if (!dead.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the replica still lives");
        }
    }

    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        rollups.stop();
        deadLetters.close();
        admin.close(Duration.ofSeconds(5));
    }

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The real store, whose caller dies behind the last commit. */
    private static final class Mortal implements FoldStore {
        private final FoldStore store;
        private int left;

        Mortal(FoldStore store, int commits) {
            this.store = store;
            this.left = commits;
        }

        @Override
        public Result commit(Slice slice, Folding folding) {
            Result result = store.commit(slice, folding);
            if (--left <= 0) {
                throw new Death();
            }
            return result;
        }

        @Override
        public Position position(String topic, int partition, String topicId, long earliest) {
            return store.position(topic, partition, topicId, earliest);
        }

        @Override
        public boolean skip(String topic, int partition, Position position, Position to, String reason) {
            return store.skip(topic, partition, position, to, reason);
        }

        @Override
        public List<Student> silent(int partition, Instant now, int limit) {
            return store.silent(partition, now, limit);
        }
    }
}
