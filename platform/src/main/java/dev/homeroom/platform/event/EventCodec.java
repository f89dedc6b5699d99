package dev.homeroom.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.platform.problem.JsonProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in Kafka's binary mode: attributes in headers {@code ce_…}, the data alone as JSON in the value, the
 * subject as the key. Reading tolerates unknown attributes and fields. Thread-safe.
 */
public final class EventCodec {
    private static final String JSON = "application/json";
    private static final String SPEC_VERSION = "1.0";
    private static final Map<String, EventType> TYPES = Arrays.stream(EventType.values())
            .collect(Collectors.toUnmodifiableMap(EventType::type, Function.identity()));

    private EventCodec() {}

    /** The record to send: to the topic of the event's type, keyed by its subject. */
    public static ProducerRecord<String, byte[]> encode(Event<?> event) {
        return encode(
                event.type().topic(),
                event.subject(),
                new Attributes(event.id(), event.source(), event.type().type(), event.subject(), event.time()),
                json(event.data()));
    }

    /** The record to send for data that is JSON already, such as an outbox row's. */
    public static ProducerRecord<String, byte[]> encode(String topic, String key, Attributes attributes, byte[] json) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic, key, json);
        Headers headers = sent.headers();
        put(headers, "ce_specversion", SPEC_VERSION);
        put(headers, "ce_id", attributes.id());
        put(headers, "ce_source", attributes.source());
        put(headers, "ce_type", attributes.type());
        put(headers, "ce_subject", attributes.subject());
        put(headers, "ce_time", EventJson.text(attributes.time()));
        put(headers, "content-type", JSON);
        return sent;
    }

    /** The data of an event as it stands in a record's value. */
    public static byte[] json(Record data) {
        try {
            return EventJson.mapper().writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads an event of any known type.
     *
     * @throws UndecodableEventException for a record that no retry will make readable
     */
    public static Event<?> decode(ConsumerRecord<?, byte[]> received) {
        Headers headers = received.headers();
        String version = required(headers, "ce_specversion");
        if (!version.equals(SPEC_VERSION)) {
            throw UndecodableEventException.malformed("CloudEvents version '" + shortened(version) + "' is not 1.0");
        }
        String name = required(headers, "ce_type");
        EventType type = TYPES.get(name);
        if (type == null) {
            throw UndecodableEventException.unknownType(shortened(name));
        }
        String contentType = optional(headers, "content-type");
        if (contentType != null && !contentType.startsWith(JSON)) {
            throw UndecodableEventException.malformed("content-type '" + shortened(contentType) + "' is not " + JSON);
        }
        return event(type, headers, received);
    }

    /**
     * Reads an event whose data is of the class given.
     *
     * @throws UndecodableEventException also for an event of another type
     */
    public static <T extends Record> Event<T> decode(ConsumerRecord<?, byte[]> received, Class<T> dataClass) {
        Event<?> event = decode(received);
        if (!dataClass.isInstance(event.data())) {
            throw UndecodableEventException.unknownType(event.type().type());
        }
        return new Event<>(
                event.id(), event.source(), event.type(), event.subject(), event.time(), dataClass.cast(event.data()));
    }

    private static Event<?> event(EventType type, Headers headers, ConsumerRecord<?, byte[]> received) {
        String subject = optional(headers, "ce_subject");
        return new Event<>(
                required(headers, "ce_id"),
                required(headers, "ce_source"),
                type,
                subject == null ? "" : subject,
                time(headers, received.timestamp()),
                data(type, received.value()));
    }

    private static Record data(EventType type, byte @Nullable [] value) {
        if (value == null) {
            throw UndecodableEventException.malformed("the record has no value");
        }
        try {
            Record data = EventJson.mapper().readValue(value, type.dataClass());
            if (data == null) {
                throw UndecodableEventException.malformed("the value is null");
            }
            return data;
        } catch (JsonProcessingException e) {
            throw UndecodableEventException.malformed(
                    String.valueOf(JsonProblems.of(e).detail()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant time(Headers headers, long otherwise) {
        String time = optional(headers, "ce_time");
        try {
            return time == null ? Instant.ofEpochMilli(Math.max(0, otherwise)) : EventJson.instant(time);
        } catch (DateTimeException e) {
            throw UndecodableEventException.malformed("header ce_time is not an ISO-8601 instant");
        }
    }

    private static String required(Headers headers, String name) {
        String value = optional(headers, name);
        if (value == null || value.isEmpty()) {
            throw UndecodableEventException.malformed("header " + name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 100));
    }

    /**
     * The attributes of an event beside its data.
     *
     * @param id unique for the source
     * @param source a URI reference such as {@code /queue}
     * @param type as in {@link EventType#type()}
     * @param subject the aggregate
     * @param time when it happened
     */
    public record Attributes(String id, String source, String type, String subject, Instant time) {}
}
