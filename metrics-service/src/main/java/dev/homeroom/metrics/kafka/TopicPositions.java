package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.FoldStore.Position;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds where a partition goes on: where the store says, if the topic still holds that. A topic that was cut or made anew
 * is reported, the loss is noted in the store, and reading goes on with the earliest record there is; what of it was read
 * before is a duplicate and changes nothing.
 */
final class TopicPositions {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Admin admin;
    private final FoldStore store;
    private final FoldStatus status;

    TopicPositions(Admin admin, FoldStore store, FoldStatus status) {
        this.admin = admin;
        this.store = store;
        this.status = status;
    }

    /** The broker did not say what the topic holds, or the topic is not what it must be. */
    static final class UnknownException extends Exception {
        UnknownException(String reason) {
            super(reason);
        }

        UnknownException(Exception cause) {
            super("the broker does not tell what the topic holds: " + cause.getMessage(), cause);
        }
    }

    private record Held(String topicId, long earliest, long end) {}

    long find(Consumer<?, ?> consumer, TopicPartition partition) throws UnknownException {
        Held held = held(consumer, partition);
        Position position = store.position(partition.topic(), partition.partition(), held.topicId(), held.earliest());
        String loss = loss(position, held);
        if (loss.isEmpty()) {
            return position.next();
        }
        Position to = new Position(held.earliest(), held.topicId());
        if (store.skip(partition.topic(), partition.partition(), position, to, loss)) {
            status.gap(partition.partition(), position.next(), to.next(), loss);
        }
        return store.position(partition.topic(), partition.partition(), held.topicId(), held.earliest())
                .next();
    }

    private static String loss(Position position, Held held) {
        if (!position.topicId().equals(held.topicId())) {
            return "the topic was made anew";
        }
        if (position.next() < held.earliest()) {
            return "the topic no longer holds what was to be read next";
        }
        return position.next() > held.end() ? "the topic ends before what was read already" : "";
    }

    private Held held(Consumer<?, ?> consumer, TopicPartition partition) throws UnknownException {
        try {
            TopicDescription topic = admin.describeTopics(List.of(partition.topic()))
                    .allTopicNames()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next();
            if (topic.partitions().size() != Topics.PARTITIONS) {
                throw new UnknownException("the topic has %d partitions instead of %d"
                        .formatted(topic.partitions().size(), Topics.PARTITIONS));
            }
            List<TopicPartition> one = List.of(partition);
            long earliest = only(consumer.beginningOffsets(one, LIMIT).values());
            return new Held(
                    topic.topicId().toString(),
                    earliest,
                    only(consumer.endOffsets(one, LIMIT).values()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownException(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new UnknownException(e);
        }
    }

    private static long only(Collection<Long> offsets) {
        return offsets.iterator().next();
    }
}
