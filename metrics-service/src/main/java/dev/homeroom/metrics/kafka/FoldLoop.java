package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.core.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * One life of a consumer: reads the partitions that the group gives it, from the offsets that the store keeps. A partition
 * that cannot go on is paused while the others do. Partitions are written beside each other, each by one thread at a time;
 * everything else happens in the thread that calls {@link #run}. {@link #stop} may come from another.
 */
final class FoldLoop implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(FoldLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);
    /** Students whose silence is announced before events have their turn again; some tens of milliseconds. */
    private static final int MOST_SILENT = 100;

    private final Consumer<byte[], byte[]> consumer;
    private final FoldParts parts;
    private final TopicPositions positions;
    private final Connections connections;
    private final Map<TopicPartition, Assigned> assigned = new HashMap<>();
    private final Writers writers;
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** Where silence is still to be looked for in this tick. */
    private final ArrayDeque<TopicPartition> quiet = new ArrayDeque<>();

    private Instant tickDue = Instant.MIN;

    /** A partition of ours: {@code open} once it stands where the store says. */
    private static final class Assigned {
        final PartitionReader reader;
        final Backoff backoff;
        boolean open;
        boolean paused = true;
        List<Student> silent = List.of();

        Assigned(PartitionReader reader, Backoff backoff) {
            this.reader = reader;
            this.backoff = backoff;
        }
    }

    FoldLoop(Consumer<byte[], byte[]> consumer, TopicPositions positions, FoldParts parts) {
        this.consumer = consumer;
        this.positions = positions;
        this.parts = parts;
        this.connections = new Connections(consumer);
        this.writers = new Writers(parts.settings().writers());
    }

    /** Reads until {@link #stop}; throws whatever ends this consumer's life. */
    void run() {
        consumer.subscribe(List.of(Topics.USABILITY), this);
        try {
            while (!stopped.get()) {
                resumeDue();
                ConsumerRecords<byte[], byte[]> records = poll();
                tellConnection();
                write(records);
                tick();
            }
        } catch (WakeupException e) {
            if (!stopped.get()) {
                throw e;
            }
        } finally {
            writers.close();
        }
    }

    /** Writes each partition's records beside the others', and goes on when all are done. */
    private void write(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Supplier<PartitionReader.Step>> work = new LinkedHashMap<>();
        for (TopicPartition partition : records.partitions()) {
            Assigned one = assigned.get(partition);
            if (one != null && one.open) {
                work.put(partition, () -> write(one.reader, records.records(partition)));
            }
        }
        writers.run(work).forEach((partition, step) -> {
            Assigned one = assigned.get(partition);
            if (one != null) {
                after(partition, one, step);
            }
        });
    }

    /** In transactions of a bounded size, one about as large as the other, as far as it goes. */
    private PartitionReader.Step write(PartitionReader reader, List<ConsumerRecord<byte[], byte[]>> records) {
        int transactions = Math.ceilDiv(records.size(), parts.settings().batch());
        int batch = Math.ceilDiv(records.size(), Math.max(1, transactions));
        PartitionReader.Step step = PartitionReader.Step.DONE;
        for (int from = 0; from < records.size() && step == PartitionReader.Step.DONE; from += batch) {
            step = reader.write(records.subList(from, Math.min(records.size(), from + batch)));
        }
        return step;
    }

    void stop() {
        stopped.set(true);
        consumer.wakeup();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(quiet.isEmpty() ? POLL : Duration.ZERO);
        } catch (OffsetOutOfRangeException e) {
            // The topic was cut, or made anew, under our feet: opening the partition again finds out and says so.
            e.partitions().forEach(this::reopen);
            return ConsumerRecords.empty();
        }
    }

    private void after(TopicPartition partition, Assigned one, PartitionReader.Step step) {
        switch (step) {
            case DONE -> {
                one.backoff.succeeded();
                long lag = consumer.currentLag(partition).orElse(0);
                parts.status().at(partition.partition(), one.reader.next(), lag);
            }
            case WAIT -> {
                one.backoff.failed(parts.clock().instant());
                pause(partition, one);
                consumer.seek(partition, one.reader.next());
                tellLag(partition, one);
            }
            case FENCED -> reopen(partition);
        }
    }

    /** A poll finds nothing, and says nothing, while there is no broker. */
    private void tellConnection() {
        if (connections.areThere()) {
            parts.status().works();
        } else {
            parts.status().failed("no broker is connected");
        }
    }

    /** A paused partition is not fetched, so only the broker knows how much has come behind it. */
    private void tellLag(TopicPartition partition, Assigned one) {
        try {
            long end = consumer.endOffsets(Set.of(partition), LONGEST_LOOK).getOrDefault(partition, 0L);
            parts.status().lags(partition.partition(), Math.max(0, end - one.reader.next()));
        } catch (TimeoutException e) {
            LOG.debugf("The lag of %s stays as it was: %s", partition, e.getMessage());
        }
    }

    private void pause(TopicPartition partition, Assigned one) {
        one.paused = true;
        consumer.pause(List.of(partition));
    }

    private void reopen(TopicPartition partition) {
        Assigned one = assigned.get(partition);
        if (one != null) {
            one.open = false;
            pause(partition, one);
        }
    }

    private void resumeDue() {
        Instant now = parts.clock().instant();
        assigned.forEach((partition, one) -> {
            if (one.paused && one.backoff.isOver(now) && (one.open || open(partition, one))) {
                one.paused = false;
                consumer.resume(List.of(partition));
            }
        });
    }

    private boolean open(TopicPartition partition, Assigned one) {
        try {
            one.reader.startAt(positions.find(consumer, partition));
            consumer.seek(partition, one.reader.next());
            one.open = true;
            one.backoff.succeeded();
            parts.status().at(partition.partition(), one.reader.next(), 0);
            return true;
        } catch (StoreUnavailableException | TopicPositions.UnknownException e) {
            parts.status().waits(partition.partition(), one.reader.next(), String.valueOf(e.getMessage()));
            one.backoff.failed(parts.clock().instant());
            return false;
        }
    }

    /**
     * Announces silence, only where everything that was sent has been read. A bounded part at a time: when a class goes home
     * behind an evening that was caught up, thousands fall silent at once, and those who still work must not wait for that.
     */
    private void tick() {
        Instant now = parts.clock().instant();
        if (quiet.isEmpty() && !now.isBefore(tickDue)) {
            tickDue = now.plus(parts.settings().tickInterval());
            quiet.addAll(assigned.keySet());
        }
        TopicPartition partition = quiet.poll();
        Assigned one = partition == null ? null : assigned.get(partition);
        if (partition == null || one == null) {
            return;
        }
        try {
            if (tick(partition, one, now)) {
                quiet.add(partition);
            }
        } catch (StoreUnavailableException e) {
            // Nothing is lost by waiting; the events behind it will say more loudly that the store is away.
            quiet.clear();
            LOG.debugf("Silence cannot be looked for: %s", e.getMessage());
        }
    }

    /** Answers whether there may be more. */
    private boolean tick(TopicPartition partition, Assigned one, Instant now) {
        if (!one.open || one.paused || consumer.currentLag(partition).orElse(1) != 0) {
            return false;
        }
        List<Student> silent = parts.store().silent(partition.partition(), now, MOST_SILENT);
        if (!silent.isEmpty()) {
            after(partition, one, one.reader.tick(silent));
        }
        // The same ones again are not to be announced; the next tick tries.
        boolean more = silent.size() >= MOST_SILENT && !silent.equals(one.silent);
        one.silent = silent;
        return more;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        PartitionFold.Bounds memory = memory();
        for (TopicPartition partition : partitions) {
            PartitionFold fold = new PartitionFold(parts.store(), memory);
            Backoff backoff = new Backoff(
                    parts.settings().firstBackoff(), parts.settings().longestBackoff());
            PartitionReader reader = new PartitionReader(partition.topic(), partition.partition(), fold, parts);
            assigned.put(partition, new Assigned(reader, backoff));
            // Kafka keeps no offset of ours: without any position the consumer would complain before the store is
            // asked.
            consumer.seek(partition, 0);
            consumer.pause(List.of(partition));
        }
    }

    /** A partition's part of it. */
    private PartitionFold.Bounds memory() {
        double bytes = parts.settings().memoryShare() * Runtime.getRuntime().maxMemory();
        return new PartitionFold.Bounds(Math.max(1, parts.settings().studentsInMemory() / Topics.PARTITIONS), (long)
                (bytes / Topics.PARTITIONS));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            assigned.remove(partition);
            parts.status().released(partition.partition());
        }
    }
}
