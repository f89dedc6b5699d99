package dev.homeroom.metrics.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.EventBounds;
import dev.homeroom.metrics.edge.xapi.StatementMemory;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes in, in every format: an answer or a problem of the client's, and never a lost event. */
class FormatsFuzzTest {
    private static final int SEEDS = Integer.getInteger("homeroom.fuzz.seeds", 1500);

    private final List<MetricEvent> published = new ArrayList<>();
    private final Intake intake = new Intake(
            (_, events) -> published.addAll(events),
            ClassroomScope.of(new Caller("t", Set.of("app"), Set.of("c1"), "quiz", null)),
            new SimpleMeterRegistry(),
            Duration.ofSeconds(5),
            true);
    private final MetricsResource metrics = new MetricsResource(intake);
    private final XapiResource xapi = new XapiResource(intake, new StatementMemory(_ -> List.of()));
    private final CaliperResource caliper = new CaliperResource(intake);

    /** A way in, with what it takes. */
    enum Door {
        METRICS,
        LINES,
        XAPI,
        CALIPER;

        String body(List<String> items) {
            return switch (this) {
                case METRICS, XAPI -> list(items);
                case LINES -> String.join("\n", items);
                case CALIPER ->
                    "{\"sensor\":\"s\",\"sendTime\":\"2026-11-21T10:00:00Z\",\"dataVersion\":"
                            + "\"http://purl.imsglobal.org/ctx/caliper/v1p2\",\"data\":" + list(items) + "}";
            };
        }

        private static String list(List<String> items) {
            return "[" + String.join(",", items) + "]";
        }

        String item(Random random) {
            String id = Samples.uuid(random).toString();
            return switch (this) {
                case METRICS, LINES -> """
                    {"id":"%s","classroom":"c1","student":"p1","type":"attempt","target":"x","skill":"s","outcome":"failure",
                     "value":0.5,"unit":"s","occurredAt":"2026-11-21T09:59:59Z","context":{"line":3,"deep":{"x":[true]}}}
                    """.formatted(id);
                case XAPI -> """
                    {"id":"%s","actor":{"account":{"name":"p1"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/answered"},
                     "object":{"id":"x:1"},"result":{"success":true,"duration":"PT3S","score":{"raw":1,"min":0,"max":3}},
                     "context":{"contextActivities":{"grouping":[{"id":"c1","definition":{"type":"x/course"}}]},
                       "extensions":{"urn:homeroom:context":{"a":{"b":[1]}}}},"timestamp":"2026-11-21T09:59:59Z"}
                    """.formatted(id);
                case CALIPER -> """
                    {"id":"urn:uuid:%s","type":"GradeEvent","action":"Graded","actor":{"id":"a","type":"SoftwareApplication"},
                     "object":{"assignee":{"id":"p1"},"assignable":{"id":"x:1","type":"AssessmentItem"},"duration":"PT3S"},
                     "generated":{"scoreGiven":1,"maxScore":3},"group":{"id":"c1"},"eventTime":"2026-11-21T09:59:59Z",
                     "extensions":{"urn:homeroom:context":{"a":{"b":[1]}}}}
                    """.formatted(id);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R-M1: items with wrong values: accepted + rejected = sent, and every accepted one can be folded")
    void wrongValues(Door door) throws IOException {
        int accepted = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Mutant mutant = new Mutant(random);
            List<String> items = IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(_ -> mutant.values(door.item(random)).replace("\n", ""))
                    .collect(Collectors.toList());
            published.clear();
            Answer answer = answer(door, door.body(items).getBytes(UTF_8));
            assertThat(answer.accepted()).as("seed %d", seed).isEqualTo(published.size());
            assertThat(answer.accepted() + answer.rejected().size())
                    .as("seed %d of %s: %s", seed, door, items)
                    .isEqualTo(items.size());
            assertWhole(seed);
            accepted += answer.accepted();
        }
        assertThat(accepted).as("mutations that harm nothing").isGreaterThan(SEEDS / 4);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R-M1: broken bytes are a problem of the client's or an answer, and what is accepted is published")
    void brokenBytes(Door door) throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<String> items = List.of(
                    door.item(random).replace("\n", ""), door.item(random).replace("\n", ""));
            byte[] body = new Mutant(random).bytes(door.body(items).getBytes(UTF_8));
            published.clear();
            try {
                assertThat(answer(door, body).accepted()).as("seed %d", seed).isEqualTo(published.size());
            } catch (ProblemException e) {
                assertThat(e.problem().status()).as("seed %d", seed).isBetween(400, 499);
                assertThat(published).as("seed %d", seed).isEmpty();
            }
            assertWhole(seed);
        }
    }

    private Answer answer(Door door, byte[] body) {
        Response response = switch (door) {
            case METRICS -> metrics.publish("application/json", null, body);
            case LINES -> metrics.publish(Body.NDJSON, null, body);
            case XAPI -> xapi.post("1.0.3", "handling=lenient", null, body);
            case CALIPER -> caliper.publish(null, body);
        };
        assertThat(response.getStatus()).isBetween(200, 299);
        return switch (response.getEntity()) {
            case Answer answer -> answer;
            case XapiResource.Partly(int accepted, var rejected, var ids) -> {
                assertThat(ids).hasSize(accepted);
                yield new Answer(accepted, rejected);
            }
            default -> throw new AssertionError("no answer of ours: " + response.getEntity());
        };
    }

    /** What is published is within the fold's bounds, and comes through the broker as it is. */
    private void assertWhole(long seed) throws IOException {
        for (MetricEvent event : published) {
            assertThat(EventBounds.fault(event)).as("seed %d", seed).isNull();
            MetricEvent read = EventJson.mapper().readValue(EventCodec.json(event), MetricEvent.class);
            assertThat(EventBounds.fault(read)).as("seed %d", seed).isNull();
            assertThat(read.id()).isEqualTo(event.id());
        }
    }
}
