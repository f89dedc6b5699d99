package dev.homeroom.contracts.event;

import java.time.Instant;

/**
 * A CloudEvents 1.0 event: the envelope that every message between services travels in.
 *
 * @param id unique for the source; consumers are idempotent by it
 * @param source the service that made it, a URI reference such as {@code /coordinator}
 * @param type what happened
 * @param subject the aggregate it is about; the Kafka key
 * @param time when it happened, for display (order comes from versions in the data)
 * @param data what happened, of the class that {@code type} names
 */
public record Event<T extends Record>(String id, String source, EventType type, String subject, Instant time, T data) {
    public Event {
        if (!type.dataClass().isInstance(data)) {
            throw new IllegalArgumentException(
                    type.type() + " carries a " + type.dataClass().getSimpleName() + ", not a "
                            + data.getClass().getSimpleName());
        }
    }
}
