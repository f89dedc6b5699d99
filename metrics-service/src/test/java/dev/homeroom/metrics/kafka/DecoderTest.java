package dev.homeroom.metrics.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.EventReader;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.metrics.edge.Reading;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever writes to the topic is held to the bounds of the edge: no looser, and no tighter. */
class DecoderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Decoder decoder = new Decoder(Duration.ofSeconds(5));

    @Test
    @DisplayName("R-M1: what the edge accepts at its bounds, the fold never refuses")
    void acceptedIsDecoded() throws Exception {
        var publisher =
                Publisher.of(ClassroomScope.of(new Caller("t", Set.of("app"), Set.of("*"), "a".repeat(200), null)));
        for (long seed = 0; seed < 500; seed++) {
            byte[] body = large(new Random(seed)).getBytes(UTF_8);
            Reading reading = Body.read(body, false, new EventReader(publisher, NOW))
                    .events()
                    .getFirst();
            assertThat(reading).as("seed %d", seed).isInstanceOf(Reading.Taken.class);
            MetricEvent sent = ((Reading.Taken) reading).event();
            assertThat(decoder.decode(record(sent), NOW).event().id()).isEqualTo(sent.id());
        }
    }

    @Test
    @DisplayName(
            "R-M1 R-M2: a clock may be days off; times that nobody's clock shows make no weeks of their own, at either door")
    void nonsenseTimes() throws Exception {
        var publisher = Publisher.of(ClassroomScope.of(new Caller("t", Set.of("app"), Set.of("*"), "app", null)));
        for (Duration off : List.of(Duration.ofDays(-3651), Duration.ofDays(16), Duration.ofDays(20_000))) {
            Instant at = NOW.plus(off);
            refused(event("c1", "click", null, at, Map.of()), "occurredAt: must be at most 10 years");
            String body =
                    "{\"id\":\"%s\",\"classroom\":\"c1\",\"student\":\"s1\",\"type\":\"click\",\"occurredAt\":\"%s\"}"
                            .formatted(UUID.randomUUID(), at);
            assertThat(Body.read(body.getBytes(UTF_8), false, new EventReader(publisher, NOW))
                            .events()
                            .getFirst())
                    .isInstanceOf(Reading.Refused.class);
        }
        for (Duration off :
                List.of(Duration.ofDays(-3650), Duration.ofDays(-1), Duration.ofDays(1), Duration.ofDays(14))) {
            MetricEvent sent = event("c1", "click", null, NOW.plus(off), Map.of());
            assertThat(decoder.decode(record(sent), NOW).event().id()).isEqualTo(sent.id());
        }
    }

    @Test
    @DisplayName("R-M1: an event on the topic that the edge would refuse is refused with the same words")
    void theSameBounds() {
        refused(event("c1", "click", "t".repeat(501), NOW, Map.of()), "target: must not be longer");
        refused(event("c\u0007", "click", null, NOW, Map.of()), "classroom: must not contain control");
        refused(event("c1", "dance", null, NOW, Map.of()), "type: must be one of");
        refused(event("c1", "click", null, Instant.parse("1999-12-31T23:59:59Z"), Map.of()), "occurredAt: must be of");
        refused(event("c1", "click", null, NOW, Map.of("k", "a\0b")), "context: must not contain control");
        refused(event("c1", "click", null, NOW, Map.of("k", "x".repeat(2048))), "context: must not be larger");
        refused(event("c1", "click", null, NOW, keys(17)), "context: must not have more than 16 keys");
        refused(
                event("c1", "click", null, NOW, Map.of("a", List.of(List.of(List.of(List.of(1)))))),
                "context: must not be nested deeper");
    }

    @Test
    @DisplayName("R-M1: an event that a replica with a faster clock accepted is not lost; only nonsense is refused")
    void theEdgesClockIsAhead() throws Exception {
        MetricEvent taken = event("c1", "click", null, NOW, Map.of());
        for (Duration ahead : List.of(Duration.ofSeconds(6), Duration.ofMinutes(59))) {
            assertThat(decoder.decode(record(taken), NOW.minus(ahead))
                            .observed()
                            .at())
                    .isEqualTo(NOW);
        }
        assertThatThrownBy(() -> decoder.decode(record(taken), NOW.minus(Duration.ofMinutes(61))))
                .isInstanceOf(Decoder.RejectedException.class)
                .hasMessageContaining("receivedAt");
    }

    private void refused(MetricEvent event, String words) {
        assertThatThrownBy(() -> decoder.decode(record(event), NOW))
                .isInstanceOf(Decoder.RejectedException.class)
                .hasMessageStartingWith(words);
    }

    private static MetricEvent event(
            String classroom, String type, @Nullable String target, Instant at, Map<String, Object> context) {
        return new MetricEvent(
                UUID.randomUUID(), classroom, "s1", "app", type, target, null, null, null, null, at, NOW, context);
    }

    private static Map<String, Object> keys(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i));
    }

    /** An event whose texts are as long as they may be, and whose context nears its bounds. */
    private static String large(Random random) {
        Map<String, String> texts = new HashMap<>();
        texts.put("classroom", text(random, 200));
        texts.put("student", text(random, 200));
        texts.put("target", text(random, 500));
        texts.put("skill", text(random, 200));
        texts.put("unit", text(random, 40));
        String named = texts.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\",")
                .collect(Collectors.joining());
        return "{\"id\":\"" + Samples.uuid(random)
                + "\",\"type\":\"click\",\"occurredAt\":\"2026-12-05T10:00:00.000Z\"," + named
                + "\"context\":{\"numbers\":[" + numbers(random) + "],\"deep\":{\"er\":{\"est\":\"\\n\"}}}}";
    }

    private static String text(Random random, int longest) {
        return random.ints(1 + random.nextInt(longest), 0, 4)
                .mapToObj(i -> List.of("a", "ä", "€", "\\\"").get(i))
                .collect(Collectors.joining());
    }

    private static String numbers(Random random) {
        return random.ints(random.nextInt(40), 0, 4)
                .mapToObj(i -> List.of("1e5", "-12", "0.1", "9007199254740993").get(i))
                .collect(Collectors.joining(","));
    }

    private static ConsumerRecord<byte[], byte[]> record(MetricEvent event) {
        ProducerRecord<String, byte[]> sent = EventCodec.encode(new Event<>(
                event.id().toString(),
                "/t",
                EventType.USABILITY_OBSERVED,
                event.classroom(),
                event.occurredAt(),
                event));
        byte[] key = event.classroom().getBytes(UTF_8);
        int partition = Utils.toPositive(Utils.murmur2(key)) % Topics.PARTITIONS;
        return new ConsumerRecord<>(
                sent.topic(),
                partition,
                0,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key.length,
                sent.value().length,
                key,
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
