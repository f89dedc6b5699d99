package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.edge.EventBounds;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads a record of the usability topic. The edge checks events when they come; whoever writes to the topic itself is
 * checked here again, by the same bounds.
 */
final class Decoder {
    /**
     * How far the clock of who took an event may run ahead of ours. Clocks of two replicas differ by seconds, and an event
     * that was accepted must not be lost to that; behind an hour it is no clock any more.
     */
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    private final Duration tolerance;
    private final Names names = new Names();

    /** With how far an app's clock may run ahead of the edge's. */
    Decoder(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /** Says why a record cannot be taken. */
    static final class RejectedException extends Exception {
        RejectedException(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    TakenEvent decode(ConsumerRecord<byte[], byte[]> received, Instant now) throws RejectedException {
        MetricEvent sent = read(received);
        check(sent, received, now);
        return TakenEvent.of(kept(sent), tolerance);
    }

    private static MetricEvent read(ConsumerRecord<byte[], byte[]> received) throws RejectedException {
        try {
            return EventCodec.decode(received, MetricEvent.class).data();
        } catch (UndecodableEventException e) {
            throw new RejectedException(e.reason());
        }
    }

    private void check(MetricEvent event, ConsumerRecord<byte[], byte[]> received, Instant now)
            throws RejectedException {
        String fault = EventBounds.fault(event);
        if (fault != null) {
            throw new RejectedException(fault);
        }
        if (event.receivedAt().isAfter(now.plus(MOST_AHEAD))) {
            throw new RejectedException("receivedAt is more than an hour in the future");
        }
        int home =
                Utils.toPositive(Utils.murmur2(event.classroom().getBytes(StandardCharsets.UTF_8))) % Topics.PARTITIONS;
        if (received.partition() != home) {
            throw new RejectedException(
                    "the classroom belongs to partition %d: the key must be the classroom, partitioned by murmur2"
                            .formatted(home));
        }
    }

    /** Times in milliseconds, equal names as one object. */
    private MetricEvent kept(MetricEvent event) {
        return new MetricEvent(
                event.id(),
                names.same(event.classroom()),
                names.same(event.student()),
                names.same(event.app()),
                names.same(event.type()),
                names.sameOrNull(event.target()),
                names.sameOrNull(event.skill()),
                names.sameOrNull(event.outcome()),
                event.value(),
                names.sameOrNull(event.unit()),
                event.occurredAt().truncatedTo(ChronoUnit.MILLIS),
                event.receivedAt().truncatedTo(ChronoUnit.MILLIS),
                event.context());
    }
}
