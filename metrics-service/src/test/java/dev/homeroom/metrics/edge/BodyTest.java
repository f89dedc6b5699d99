package dev.homeroom.metrics.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge takes and refuses, event by event (R-M1). */
class BodyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final String GOOD = """
            {"id":"019f0000-0000-7000-8000-00000000000a","classroom":"c1","student":"p1","type":"attempt",
            "target":"ex-1","skill":"loops","outcome":"failure","value":0.5,"unit":"points",
            "occurredAt":"2026-11-21T10:59:59.9999+01:00","context":{"line":3,"words":["a","b"],"deep":{"x":true}}}
            """.replace("\n", "");

    @Test
    void anEventIsReadWholly() {
        assertThat(read(GOOD)).isEqualTo(new Body(true, List.of(new Reading.Taken(event()))));
    }

    @Test
    void oneBadEventHarmsNobodyElse() {
        Body body = read("[" + GOOD + ",{\"id\":5,\"x\":{\"y\":[1]}}, 7, [[1]]," + GOOD + "]");
        assertThat(body.events()).hasSize(5);
        assertThat(body.events().get(0)).isInstanceOf(Reading.Taken.class);
        assertThat(body.events().get(4)).isInstanceOf(Reading.Taken.class);
        assertThat(body.events().subList(1, 4)).allMatch(each -> each instanceof Reading.Refused);
    }

    @Test
    void everyLineStandsForItself() {
        Body body = readLines("\n" + GOOD + "\r\n{\"id\":\n\n" + GOOD + GOOD + "\n" + GOOD);
        assertThat(body.events()).hasSize(4);
        assertThat(body.events().get(0)).isInstanceOf(Reading.Taken.class);
        assertThat(refusal(body.events().get(1)).type()).isEqualTo(ProblemType.MALFORMED);
        assertThat(refusal(body.events().get(2)).detail()).contains("follows");
        assertThat(body.events().get(3)).isInstanceOf(Reading.Taken.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "id":"019f0000-0000-7000-8000-00000000000a"| "id":"1-1-1-1-1"                               | invalid   | id
            "id":"019f0000-0000-7000-8000-00000000000a"| "id":"+19f0000-0000-7000-8000-00000000000a"    | invalid   | id
            "id":"019f0000-0000-7000-8000-00000000000a"| "id":7                                         | malformed | id
            "id":"019f0000-0000-7000-8000-00000000000a"| "id":null                                      | invalid   | id
            "classroom":"c1"                           | "room":"c1"                                    | malformed | room
            "classroom":"c1"                           | "classroom":""                                 | invalid   | classroom
            "classroom":"c1"                           | "classroom":"c9"                               | forbidden | classroom
            "classroom":"c1"                           | "classroom":"c\\u0000"                         | invalid   | classroom
            "student":"p1"                             | "student":"\\ud800"                            | invalid   | student
            "student":"p1"                             | "student":{"name":"p1"}                        | malformed | student
            "type":"attempt"                           | "type":"ATTEMPT"                               | invalid   | type
            "type":"attempt"                           | "type":"attempt","app":"other"                 | forbidden | app
            "outcome":"failure"                        | "outcome":"meh"                                | invalid   | outcome
            "value":0.5                                | "value":1e999                                  | invalid   | value
            "value":0.5                                | "value":"0.5"                                  | malformed | value
            "value":0.5                                | "value":0.5,"value":0.5                        | malformed | value
            "occurredAt":"2026-11-21T10:59:59.9999+01:00"| "occurredAt":"yesterday"                     | invalid   | occurredAt
            "occurredAt":"2026-11-21T10:59:59.9999+01:00"| "occurredAt":"1999-11-21T10:59:59Z"          | invalid   | occurredAt
            "occurredAt":"2026-11-21T10:59:59.9999+01:00"| "occurredAt":1795255199                      | malformed | occurredAt
            "context":{"line":3                        | "context":[1],"type":{"line":3                 | malformed | context
            "context":{"line":3                        | "context":{"line":99999999999999999999         | invalid   | context
            "context":{"line":3                        | "context":{"line":{"a":{"b":{"c":{"d":1}}}}    | invalid   | context
            "context":{"line":3                        | "context":{"line":[null]                       | invalid   | context
            "context":{"line":3                        | "context":{"line":1e400                        | invalid   | context
            "context":{"line":3                        | "context":{"line":"\\u0007"                    | invalid   | context
            """)
    void aBadFieldIsNamed(String good, String bad, String type, String field) {
        assertThat(GOOD).contains(good);
        Body body = read("[" + GOOD.replace(good, bad) + "," + GOOD + "]");
        Refusal refusal = refusal(body.events().getFirst());
        assertThat(refusal.type().urn()).isEqualTo(ProblemType.PREFIX + type);
        assertThat(refusal.detail()).contains(field);
        assertThat(body.events().getLast()).isInstanceOf(Reading.Taken.class);
    }

    @Test
    void everythingIsBounded() {
        String manyKeys = "\"context\":{" + "\"k%d\":1,".repeat(17).formatted(numbers(17));
        String large = "\"context\":{\"text\":\"" + "ä".repeat(1024) + "\",";
        for (String context : List.of(manyKeys, large)) {
            Body body = read("[" + GOOD.replace("\"context\":{", context) + "]");
            assertThat(refusal(body.events().getFirst()).detail()).startsWith("context: must not");
        }
        String tooLong = GOOD.replace("\"ex-1\"", "\"" + "x".repeat(501) + "\"");
        assertThat(refusal(read("[" + tooLong + "]").events().getFirst()).detail())
                .startsWith("target: must not be longer");
        assertProblem("[" + (GOOD + ",").repeat(1000) + GOOD + "]", ProblemType.TOO_MANY);
        assertProblem(" ".repeat(Body.MOST_BYTES + 1), ProblemType.TOO_LARGE);
        assertProblem("[".repeat(1000), ProblemType.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "7", "\"x\"", "{", "[", "[{]", "{} {}", "[] x", "{\"id\" 1}", "\u0000"})
    void aBodyThatCannotBeReadIsRefusedAsAWhole(String text) {
        assertProblem(text, ProblemType.MALFORMED);
    }

    @Test
    void anEmptyListIsFine() {
        assertThat(read("[]")).isEqualTo(new Body(false, List.of()));
        assertThat(readLines("\n \r\n")).isEqualTo(new Body(false, List.of()));
    }

    @Test
    void aTokenOfOneStudentSpeaksForNobodyElse() {
        var tracker = new Caller("t", Set.of("app"), Set.of("c1"), "quiz", "p2");
        var publisher = Publisher.of(ClassroomScope.of(tracker));
        Body body = Body.read(GOOD.getBytes(UTF_8), false, new EventReader(publisher, NOW));
        assertThat(refusal(body.events().getFirst()).type()).isEqualTo(ProblemType.FORBIDDEN);
    }

    /** Whatever the bytes: an answer per event or one problem, never another exception. */
    @Test
    void noBytesBreakTheReader() {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            byte[] bytes = mutated(random, "[" + GOOD + "," + GOOD + "]");
            try {
                Body body = Body.read(bytes, random.nextBoolean(), new EventReader(publisher(), NOW));
                assertThat(body.events()).as("seed %d", seed).doesNotContainNull();
            } catch (ProblemException e) {
                assertThat(e.problem().status()).as("seed %d", seed).isBetween(400, 499);
            }
        }
    }

    private static byte[] mutated(Random random, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:\\0eE-\n".charAt(random.nextInt(13));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> System.arraycopy(bytes, 0, bytes, bytes.length / 2, Math.min(at, bytes.length / 2));
            }
        }
        return bytes;
    }

    private static Object[] numbers(int count) {
        Integer[] numbers = new Integer[count];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    private static void assertProblem(String text, ProblemType type) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(type.urn()));
    }

    private static Refusal refusal(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).why();
    }

    private static Body read(String text) {
        return Body.read(text.getBytes(UTF_8), false, new EventReader(publisher(), NOW));
    }

    private static Body readLines(String text) {
        return Body.read(text.getBytes(UTF_8), true, new EventReader(publisher(), NOW));
    }

    private static Publisher publisher() {
        return Publisher.of(ClassroomScope.of(new Caller("t", Set.of("app"), Set.of("c1"), "quiz", null)));
    }

    private static MetricEvent event() {
        return new MetricEvent(
                java.util.UUID.fromString("019f0000-0000-7000-8000-00000000000a"),
                "c1",
                "p1",
                "quiz",
                "attempt",
                "ex-1",
                "loops",
                "failure",
                0.5,
                "points",
                Instant.parse("2026-11-21T09:59:59.999Z"),
                Instant.parse("2026-11-21T10:00:00.123Z"),
                Map.of("line", 3L, "words", List.of("a", "b"), "deep", Map.of("x", true)));
    }
}
