package dev.homeroom.metrics.edge.xapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.Publishers;
import dev.homeroom.metrics.edge.Reading;
import dev.homeroom.metrics.edge.TreeReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a statement. */
class StatementsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final UUID ID = UUID.fromString("12345678-1234-5678-1234-567812345678");

    /** As a quiz of a course sends it. */
    private static final String ANSWERED = """
            {"id":"12345678-1234-5678-1234-567812345678","version":"1.0.3",
             "actor":{"objectType":"Agent","name":"A Name","account":{"homePage":"https://school.example","name":"p-17"}},
             "verb":{"id":"http://adlnet.gov/expapi/verbs/answered","display":{"en":"answered"}},
             "object":{"id":"https://school.example/ex/4","definition":{"interactionType":"fill-in"}},
             "result":{"success":false,"response":"what the student typed","duration":"PT12.5S",
                       "score":{"raw":1,"min":0,"max":4}},
             "context":{"registration":"12345678-1234-5678-1234-567812345679",
               "contextActivities":{"grouping":[{"id":"c1","definition":{"type":"http://adlnet.gov/expapi/activities/course"}}],
                 "category":[{"id":"urn:skill:loops","definition":{"type":"https://w3id.org/xapi/x/activities/skill"}}]}},
             "timestamp":"2026-11-21T09:59:58.5+00:00","attachments":[{"usageType":"x"}]}
            """;

    @Test
    @DisplayName("R-M1: a statement becomes a metric event; names and typed text do not come along")
    void answered() {
        assertThat(taken(ANSWERED, "c1", "c2"))
                .isEqualTo(new MetricEvent(
                        ID,
                        "c1",
                        "p-17",
                        "quiz",
                        "attempt",
                        "https://school.example/ex/4",
                        "urn:skill:loops",
                        "failure",
                        0.25,
                        "score",
                        Instant.parse("2026-11-21T09:59:58.500Z"),
                        NOW,
                        Map.of("verb", "answered", "durationMs", 12_500L)));
    }

    @ParameterizedTest
    @DisplayName("R-M1: the verb says what was done, the result how it went")
    @CsvSource(nullValues = "-", textBlock = """
            http://adlnet.gov/expapi/verbs/answered,         '"success":true',  attempt,    success
            http://adlnet.gov/expapi/verbs/answered,         -,                 attempt,    -
            http://adlnet.gov/expapi/verbs/attempted,        -,                 navigation, -
            http://adlnet.gov/expapi/verbs/attempted,        '"success":false', attempt,    failure
            http://adlnet.gov/expapi/verbs/passed,           -,                 submit,     success
            https://w3id.org/xapi/adl/verbs/failed/,         -,                 submit,     failure
            http://adlnet.gov/expapi/verbs/completed,        -,                 measure,    -
            http://adlnet.gov/expapi/verbs/completed,        '"success":true',  submit,     success
            http://adlnet.gov/expapi/verbs/interacted,       -,                 click,      -
            http://id.tincanapi.com/verb/requested-hint,     -,                 hint,       -
            http://activitystrea.ms/schema/1.0/open,         -,                 navigation, -
            https://x.example#Errored,                       -,                 error,      -
            urn:x:focused,                                   -,                 focus,      -
            http://id.tincanapi.com/verb/bookmarked,         -,                 measure,    -
            """)
    void verbs(String verb, @Nullable String result, String type, @Nullable String outcome) {
        MetricEvent event = taken(statement(verb, result == null ? "" : result, ""), "c1");
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @DisplayName(
            "R-M1: one figure of a statement: the scaled score, the raw one by its bounds, points, or the time it took")
    @CsvSource(nullValues = "-", textBlock = """
            '"score":{"scaled":-0.5,"raw":3,"max":4}', -0.5,  score
            '"score":{"raw":3,"min":2,"max":4}',       0.5,   score
            '"score":{"raw":3}',                       3,     points
            '"score":{"raw":9,"max":4}',               9,     points
            '"duration":"PT1M0.5S"',                   60.5,  s
            '"duration":"P1Y"',                        -,     -
            '"completion":true',                       -,     -
            """)
    void figures(String result, @Nullable Double value, @Nullable String unit) {
        MetricEvent event = taken(statement("http://adlnet.gov/expapi/verbs/answered", result, ""), "c1");
        assertThat(event.value()).isEqualTo(value);
        assertThat(event.unit()).isEqualTo(unit);
    }

    @ParameterizedTest
    @DisplayName("R-M1, R-T5: a student is an account's name, or the hash that xAPI itself gives a mail address")
    @CsvSource(delimiter = '|', textBlock = """
            {"account":{"name":"urn:homeroom:student:p1"},"mbox":"mailto:a@b.example"} | p1
            {"mbox":"mailto:foo@example.com"}                              | 0a401e098c5702d9ed9643f405ef3893632ad4b2
            {"mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}    | ebd31e95054c018b10727ccffd2ef2ec3a016ee9
            """)
    void students(String actor, String student) {
        String told = taken(ANSWERED.replaceFirst("\"actor\":\\{.*}},", "\"actor\":" + actor + ","), "c1")
                .student();
        assertThat(told).isEqualTo(student);
    }

    @ParameterizedTest
    @DisplayName("R-M1: the classroom is told in our words, by the team, by 2.0's groups, or by a token for one")
    @CsvSource(delimiter = '|', textBlock = """
            "extensions":{"urn:homeroom:classroom":"c1"},"team":{"account":{"name":"c2"}}          | c1
            "team":{"objectType":"Group","account":{"homePage":"h","name":"urn:homeroom:classroom:c1"}} | c1
            "contextGroups":[{"objectType":"contextGroup","group":{"account":{"name":"c1"}}}]      | c1
            "contextActivities":{"parent":{"id":"c1","definition":{"type":"x/class"}}}             | c1
            """)
    void classrooms(String context, String classroom) {
        String verb = "http://adlnet.gov/expapi/verbs/answered";
        assertThat(taken(statement(verb, "", context), "c1", "c2").classroom()).isEqualTo(classroom);
        assertThat(taken(statement(verb, "", ""), "c1").classroom()).isEqualTo("c1");
        assertThat(refused(statement(verb, "", ""), "c1", "c2")).startsWith("classroom: is missing");
        assertThat(refused(statement(verb, "", context), "c3", "c4")).startsWith("classroom: the token does not name");
    }

    @Test
    @DisplayName("R-M1: our own words in extensions go before what the mapping finds")
    void ownWords() {
        MetricEvent event = taken(statement("http://x.example/verbs/answered", "", """
                        "extensions":{"urn:homeroom:type":"hint","urn:homeroom:skill":"loops",
                          "urn:homeroom:context":{"hintDepth":2,"verb":"peeked","gone":null}}
                        """), "c1");
        assertThat(event.type()).isEqualTo("hint");
        assertThat(event.skill()).isEqualTo("loops");
        assertThat(event.context()).isEqualTo(Map.of("hintDepth", 2, "verb", "peeked"));
    }

    @ParameterizedTest
    @DisplayName("R-M1: what is no statement about one student's deed is refused with the reason")
    @CsvSource(delimiter = '|', textBlock = """
            "id":"12345678-1234-5678-1234-567812345678" | "id":"7"                                     | id:
            "version":"1.0.3"                           | "version":"0.9"                              | version:
            "objectType":"Agent"                        | "objectType":"Group"                         | actor:
            "account":{                                 | "acount":{                                   | actor:
            http://adlnet.gov/expapi/verbs/answered     | answered                                     | verb.id:
            verbs/answered                              | verbs/voided                                 | verb.id: voiding
            "object":{"id"                              | "object":{"ID"                               | object.id:
            "object":{"id"                              | "object":{"objectType":"SubStatement","id"   | object:
            "success":false                             | "success":"false"                            | result.success:
            "duration":"PT12.5S"                        | "duration":12                                | result.duration:
            "raw":1                                     | "raw":"1"                                    | result.score.raw:
            "raw":1                                     | "scaled":1.5                                 | result.score.scaled:
            2026-11-21T09:59:58.5+00:00                 | yesterday                                    | timestamp:
            2026-11-21T09:59:58.5+00:00                 | 1926-11-21T09:59:58Z                         | timestamp:
            "version":"1.0.3"                           | "version":"1.0.3","x":"\\u0000"              | -
            https://school.example/ex/4                 | \\u0000                                      | target:
            """)
    void refusals(String good, String bad, String reason) {
        assertThat(ANSWERED).contains(good);
        String changed = ANSWERED.replace(good, bad);
        if (reason.equals("-")) {
            assertThat(taken(changed, "c1").id()).isEqualTo(ID);
        } else {
            assertThat(refused(changed, "c1")).startsWith(reason);
        }
    }

    @Test
    @DisplayName("R-M1: without a timestamp it counts for its arrival; with neither that nor an id it is refused")
    void withoutIdAndTime() {
        String bare = "{\"actor\":{\"account\":{\"name\":\"p1\"}},\"verb\":{\"id\":\"a:b\"},\"object\":{\"id\":\"x\"}}";
        assertThat(refused(bare, "c1")).startsWith("id: is missing");
        assertThat(read(bare, ID, "c1")).isInstanceOfSatisfying(Reading.Taken.class, e -> {
            assertThat(e.event().id()).isEqualTo(ID);
            assertThat(e.event().occurredAt()).isEqualTo(NOW);
        });
        assertThat(read(ANSWERED, UUID.randomUUID(), "c1")).isInstanceOf(Reading.Refused.class);
    }

    @Test
    @DisplayName("R-M1: sent again, a list of statements without ids has the same ids, each its own")
    void derivedIds() {
        String one = ANSWERED.replace("\"id\":\"12345678-1234-5678-1234-567812345678\",", "");
        String other = one.replace("ex/4", "ex/5");
        List<UUID> ids = ids("[" + one + "," + other + "," + one + "]");
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.version() == 5 && id.variant() == 2);
        String moved = "{\"timestamp\":\"2026-11-21T09:59:58.5+00:00\","
                + one.strip().substring(1).replace(",\n \"timestamp\":\"2026-11-21T09:59:58.5+00:00\"", "");
        assertThat(ids("[" + moved + "," + other + "," + moved + "]"))
                .as("the order of fields says nothing")
                .isEqualTo(ids);
        assertThat(taken(one.replace("what the student typed", "more").replace("A Name", "B"), "c1")
                        .id())
                .as("neither names nor answers are in an id")
                .isEqualTo(ids.getFirst());
        assertThat(taken(one.replace("p-17", "p-18"), "c1").id()).isNotIn(ids);
        assertThat(taken(one.replace("58.5+", "58.6+"), "c1").id()).isNotIn(ids);
    }

    private static List<UUID> ids(String list) {
        return Body.read(list.getBytes(UTF_8), false, new TreeReader(new Statements(null), Publishers.of("c1"), NOW))
                .events()
                .stream()
                .map(each -> ((Reading.Taken) each).event().id())
                .toList();
    }

    private static String statement(String verb, String result, String context) {
        return """
                {"id":"12345678-1234-5678-1234-567812345678","actor":{"account":{"name":"p1"}},
                 "verb":{"id":"%s"},"object":{"id":"x:1"},"result":{%s},"context":{%s},
                 "timestamp":"2026-11-21T09:59:58"}""".formatted(verb, result, context);
    }

    private static MetricEvent taken(String statement, String... classrooms) {
        Reading reading = read(statement, null, classrooms);
        assertThat(reading).isInstanceOf(Reading.Taken.class);
        return ((Reading.Taken) reading).event();
    }

    private static String refused(String statement, String... classrooms) {
        Reading reading = read(statement, null, classrooms);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).why().detail();
    }

    private static Reading read(String statement, @Nullable UUID given, String... classrooms) {
        var reader = new TreeReader(new Statements(given), Publishers.of(classrooms), NOW);
        return Body.read(statement.getBytes(UTF_8), false, reader).events().getFirst();
    }
}
