package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.RollupFigures.ClassroomMinute;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.platform.event.DeadLetters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes the records of one partition, slice by slice. A slice that the store refuses is halved down to the record that is
 * to blame, which goes to the dead letters like one that cannot be read: before the transaction that passes it, so it is
 * never lost, and after a crash in between it is there twice with the same offset. Not safe for several threads.
 */
final class PartitionReader {
    /** How it goes on: with the next records, with the same again after a pause, or from where the store says. */
    enum Step {
        DONE,
        WAIT,
        FENCED
    }

    private record Read(long offset, TakenEvent event) {}

    private final int partition;
    private final String topic;
    private final PartitionFold fold;
    private final Decoder decoder;
    private final DeadLetters deadLetters;
    private final RollupPublisher rollups;
    private final EpisodeRelay episodes;
    private final FoldStatus status;
    private final Clock clock;
    private long next;
    /** Records behind {@link #next} that are in the dead letters already. */
    private final Set<Long> buried = new HashSet<>();

    PartitionReader(String topic, int partition, PartitionFold fold, FoldParts parts) {
        this.topic = topic;
        this.partition = partition;
        this.fold = fold;
        this.decoder = parts.decoder();
        this.deadLetters = parts.deadLetters();
        this.rollups = parts.rollups();
        this.episodes = parts.episodes();
        this.status = parts.status();
        this.clock = parts.clock();
    }

    long next() {
        return next;
    }

    /** Goes on at {@code offset}, knowing nothing. */
    void startAt(long offset) {
        next = offset;
        buried.clear();
        fold.drop();
    }

    /** Writes {@code records}, all of this partition and at or behind {@link #next}. */
    Step write(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return Step.DONE;
        }
        List<Read> reads = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> received : records) {
            try {
                reads.add(new Read(received.offset(), decoder.decode(received, clock.instant())));
            } catch (Decoder.RejectedException e) {
                if (!bury(received, e.reason())) {
                    return Step.WAIT;
                }
            }
        }
        return write(records, reads);
    }

    private Step write(List<ConsumerRecord<byte[], byte[]>> records, List<Read> reads) {
        long to = records.getLast().offset() + 1;
        List<TakenEvent> events = reads.stream().map(Read::event).toList();
        return switch (fold.observe(new Slice(topic, partition, next, to, events))) {
            case FoldStore.Committed committed -> {
                next = to;
                buried.removeIf(offset -> offset < to);
                told(committed, events.size());
                yield Step.DONE;
            }
            case FoldStore.Fenced _ -> Step.FENCED;
            case FoldStore.Unavailable(String reason) -> waits(reason);
            case FoldStore.Refused(String reason) -> refused(records, reads, reason);
        };
    }

    private Step refused(List<ConsumerRecord<byte[], byte[]>> records, List<Read> reads, String reason) {
        if (reads.isEmpty()) {
            return waits("an empty slice was refused: " + reason);
        }
        if (records.size() == 1) {
            return bury(records.getFirst(), reason) ? write(records, List.of()) : Step.WAIT;
        }
        int middle = records.size() / 2;
        long border = records.get(middle).offset();
        Step first = write(
                records.subList(0, middle),
                reads.stream().filter(read -> read.offset() < border).toList());
        return first != Step.DONE
                ? first
                : write(
                        records.subList(middle, records.size()),
                        reads.stream().filter(read -> read.offset() >= border).toList());
    }

    /** Sends a record to the dead letters, once while this reader keeps going. */
    private boolean bury(ConsumerRecord<byte[], byte[]> received, String reason) {
        if (buried.contains(received.offset())) {
            return true;
        }
        try {
            deadLetters.send(received, reason);
            buried.add(received.offset());
            status.rejected(partition, received.offset(), reason);
            return true;
        } catch (IllegalStateException e) {
            waits("the dead letters cannot be written: " + e.getMessage());
            return false;
        }
    }

    /** Announces the silence of students. */
    Step tick(List<Student> students) {
        return switch (fold.tick(topic, partition, next, students, clock.instant())) {
            case FoldStore.Committed committed -> {
                told(committed, 0);
                yield Step.DONE;
            }
            case FoldStore.Fenced _ -> Step.FENCED;
            case FoldStore.Unavailable(String reason) -> waits(reason);
            case FoldStore.Refused(String reason) -> {
                // Events go on; only the end of some episodes is not told.
                status.failed("silence cannot be announced: " + reason);
                yield Step.DONE;
            }
        };
    }

    private void told(FoldStore.Committed committed, int events) {
        status.committed(committed, events);
        if (!committed.folded().revisions().isEmpty()) {
            episodes.wake();
        }
        rollups.touched(
                committed.folded().rollup().minutes().keySet().stream()
                        .map(cell -> new ClassroomMinute(cell.classroom(), cell.minute()))
                        .collect(Collectors.toSet()),
                next);
    }

    private Step waits(String reason) {
        status.waits(partition, next, reason);
        return Step.WAIT;
    }
}
