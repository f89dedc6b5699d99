package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record of the usability topic. The edge checks events when they come; whoever writes to the topic itself is
 * checked here again, by the same bounds.
 */
final class Decoder {
    /** The longest classroom, student, app, target, skill or unit, in characters. */
    private static final int LONGEST_NAME = 200;

    private static final Set<String> OUTCOMES = Set.of("success", "failure");

    private final Duration tolerance;

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
        return TakenEvent.of(inMilliseconds(sent), tolerance);
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
        name("classroom", event.classroom(), true);
        name("student", event.student(), true);
        name("app", event.app(), true);
        name("target", event.target(), false);
        name("skill", event.skill(), false);
        name("unit", event.unit(), false);
        if (EventKind.of(event.type()).isEmpty()) {
            throw new RejectedException("type '%.50s' is unknown".formatted(event.type()));
        }
        if (event.outcome() != null && !OUTCOMES.contains(event.outcome())) {
            throw new RejectedException("outcome is neither success nor failure");
        }
        if (event.value() != null && !Double.isFinite(event.value())) {
            throw new RejectedException("value is no number");
        }
        if (event.receivedAt().isAfter(now.plus(tolerance))) {
            throw new RejectedException("receivedAt is in the future");
        }
        int home =
                Utils.toPositive(Utils.murmur2(event.classroom().getBytes(StandardCharsets.UTF_8))) % Topics.PARTITIONS;
        if (received.partition() != home) {
            throw new RejectedException(
                    "the classroom belongs to partition %d: the key must be the classroom, partitioned by murmur2"
                            .formatted(home));
        }
    }

    private static void name(String field, @Nullable String value, boolean required) throws RejectedException {
        if (value == null ? required : value.isBlank() || value.length() > LONGEST_NAME) {
            throw new RejectedException("%s must have 1 to %d characters".formatted(field, LONGEST_NAME));
        }
        if (value != null && value.indexOf('\0') >= 0) {
            throw new RejectedException(field + " contains a NUL character");
        }
    }

    private static MetricEvent inMilliseconds(MetricEvent event) {
        return new MetricEvent(
                event.id(),
                event.classroom(),
                event.student(),
                event.app(),
                event.type(),
                event.target(),
                event.skill(),
                event.outcome(),
                event.value(),
                event.unit(),
                event.occurredAt().truncatedTo(ChronoUnit.MILLIS),
                event.receivedAt().truncatedTo(ChronoUnit.MILLIS),
                event.context());
    }
}
