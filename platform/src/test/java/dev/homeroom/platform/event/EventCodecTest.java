package dev.homeroom.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.grant.GrantGap;
import dev.homeroom.contracts.session.SessionChange;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final Instant AT = Instant.parse("2026-11-01T08:00:00Z");
    private static final Event<SessionChange> EVENT = new Event<>(
            "e-1",
            "/coordinator",
            EventType.SESSION_CHANGED,
            "s-1",
            AT,
            new SessionChange("s-1", 7, "active", "registered", null, "dev-1", null, null, null, AT));

    @Test
    void whatIsSentComesBackTheSame() {
        assertThat(EventCodec.decode(received(EventCodec.encode(EVENT)))).isEqualTo(EVENT);
        assertThat(EventCodec.decode(received(EventCodec.encode(EVENT)), SessionChange.class)
                        .data()
                        .host())
                .isEqualTo("dev-1");
    }

    @Test
    void recordsAreCloudEventsInBinaryMode() {
        ProducerRecord<String, byte[]> sent = EventCodec.encode(EVENT);
        assertThat(sent.topic()).isEqualTo(Topics.SESSIONS);
        assertThat(sent.key()).isEqualTo("s-1");
        assertThat(sent.headers().toArray())
                .extracting(Header::key, header -> new String(header.value(), UTF_8))
                .containsExactlyInAnyOrder(
                        tuple("ce_specversion", "1.0"),
                        tuple("ce_id", "e-1"),
                        tuple("ce_source", "/coordinator"),
                        tuple("ce_type", "dev.homeroom.session.v1.changed"),
                        tuple("ce_subject", "s-1"),
                        tuple("ce_time", "2026-11-01T08:00:00.000Z"),
                        tuple("content-type", "application/json"));
        assertThat(new String(sent.value(), UTF_8))
                .contains("\"at\":\"2026-11-01T08:00:00.000Z\"")
                .doesNotContain("tty");
    }

    @Test
    void unknownFieldsAndHeadersAreTolerated() {
        ConsumerRecord<String, byte[]> news =
                with("ce_type", EventType.GRANT_GAP.type(), "{\"from\":1,\"to\":2,\"dropped\":2,\"news\":{}}");
        news.headers().add("ce_extension", "x".getBytes(UTF_8));
        assertThat(EventCodec.decode(news).data()).isEqualTo(new GrantGap(1, 2, 2));
    }

    @Test
    void poisonIsExplained() {
        String gap = EventType.GRANT_GAP.type();
        assertReason(with("ce_type", gap, "{"), "not JSON");
        assertReason(with("ce_type", gap, "null"), "null");
        assertReason(with("ce_type", gap, "{\"from\":1,\"to\":2}"), "'dropped'");
        assertReason(with("ce_type", gap, "{\"from\":1,\"to\":2,\"dropped\":null}"), "'dropped'");
        assertReason(with("ce_type", gap, "{\"from\":1,\"to\":2,\"dropped\":\"many\"}"), "'dropped'");
        assertReason(with("ce_type", EventType.SESSION_CHANGED.type(), "{\"session\":\"s\"}"), "Field");
        assertReason(with("ce_type", gap, null), "no value");
        assertReason(with("ce_specversion", "2.0", "{}"), "2.0");
        assertReason(with("content-type", "text/xml", "{}"), "text/xml");
        assertReason(with("ce_time", "soon", "{}"), "ce_time");
        ConsumerRecord<String, byte[]> bare = new ConsumerRecord<>("t", 0, 0, "k", "{}".getBytes(UTF_8));
        assertReason(bare, "ce_specversion is missing");
    }

    @Test
    void anUnknownTypeCanBeToldFromPoison() {
        assertThat(refusal(with("ce_type", "dev.homeroom.session.v9.news", "{}"))
                        .isUnknownType())
                .isTrue();
        assertThat(refusal(with("ce_type", EventType.GRANT_GAP.type(), "{")).isUnknownType())
                .isFalse();
    }

    @Test
    void idsAreSortableOrDerived() {
        assertThat(EventIds.fresh().version()).isEqualTo(7);
        UUID namespace = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertThat(EventIds.derived(namespace, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    private static void assertReason(ConsumerRecord<String, byte[]> record, String words) {
        assertThat(refusal(record).reason()).contains(words).doesNotContain("dev.homeroom.contracts");
    }

    private static UndecodableEventException refusal(ConsumerRecord<String, byte[]> record) {
        UndecodableEventException refusal =
                catchThrowableOfType(UndecodableEventException.class, () -> EventCodec.decode(record));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static ConsumerRecord<String, byte[]> with(String header, String value, @Nullable String json) {
        ProducerRecord<String, byte[]> good = EventCodec.encode(EVENT);
        good.headers().remove(header).add(header, value.getBytes(UTF_8));
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(good.topic(), 0, 0, good.key(), json == null ? null : json.getBytes(UTF_8));
        good.headers().forEach(record.headers()::add);
        return record;
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
