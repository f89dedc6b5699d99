package dev.homeroom.metrics.edge.caliper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.Envelope;
import dev.homeroom.metrics.edge.Publishers;
import dev.homeroom.metrics.edge.Reading;
import dev.homeroom.metrics.edge.TreeReader;
import dev.homeroom.platform.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an envelope and its events. */
class CaliperEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final UUID ID = UUID.fromString("ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f");

    /** A program grades an answer to one item. */
    private static final String GRADED = """
            {"@context":"http://purl.imsglobal.org/ctx/caliper/v1p2","id":"urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f",
             "type":"GradeEvent","profile":"GradingProfile","action":"Graded",
             "actor":{"id":"https://example.edu/autograder","type":"SoftwareApplication"},
             "object":{"id":"https://example.edu/attempts/1","type":"Attempt","count":2,
               "assignee":{"id":"urn:homeroom:student:p-17","type":"Person"},
               "assignable":{"id":"https://example.edu/items/3","type":"AssessmentItem"},
               "endedAtTime":"2026-11-21T09:59:50.000Z","duration":"PT50S"},
             "generated":{"id":"https://example.edu/scores/1","type":"Score","maxScore":4,"scoreGiven":3},
             "group":{"id":"urn:homeroom:classroom:c1","type":"CourseSection"},
             "eventTime":"2026-11-21T09:59:58.500Z"}
            """;

    @Test
    @DisplayName("R-M1: a program's verdict on an item is an attempt of the student, when it ended")
    void graded() {
        assertThat(taken(GRADED, "c1", "c2"))
                .isEqualTo(new MetricEvent(
                        ID,
                        "c1",
                        "p-17",
                        "quiz",
                        "attempt",
                        "https://example.edu/items/3",
                        null,
                        "failure",
                        0.75,
                        "score",
                        Instant.parse("2026-11-21T09:59:50Z"),
                        NOW,
                        Map.of("event", "GradeEvent", "action", "Graded", "durationMs", 50_000L)));
        MetricEvent byTeacher = taken(GRADED.replace("SoftwareApplication", "Person"), "c1");
        assertThat(byTeacher.type()).isEqualTo("measure");
        assertThat(byTeacher.student()).isEqualTo("p-17");
        assertThat(taken(GRADED.replace("\"AssessmentItem\"", "\"Assessment\""), "c1")
                        .outcome())
                .isNull();
    }

    @ParameterizedTest
    @DisplayName("R-M1: profile and action say what was done")
    @CsvSource(textBlock = """
            AssessmentItemEvent, Started,        navigation
            AssessmentItemEvent, Completed,      measure
            AssessmentEvent,     Submitted,      submit
            AssignableEvent,     Submitted,      submit
            AssignableEvent,     Reviewed,       navigation
            NavigationEvent,     NavigatedTo,    navigation
            http://purl.imsglobal.org/caliper/v1/ViewEvent, http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed, navigation
            SessionEvent,        LoggedIn,       navigation
            SessionEvent,        TimedOut,       idle
            MediaEvent,          Paused,         measure
            ToolUseEvent,        Used,           measure
            Event,               Created,        measure
            """)
    void deeds(String event, String action, String type) {
        assertThat(taken(event(event, action, ""), "c1").type()).isEqualTo(type);
    }

    @Test
    @DisplayName("R-M1: our own words in extensions go before what the mapping finds")
    void ownWords() {
        MetricEvent event = taken(event("AssessmentItemEvent", "Completed", """
                ,"extensions":{"urn:homeroom:success":true,"urn:homeroom:skill":"loops","urn:homeroom:classroom":"c2",
                 "urn:homeroom:context":{"hintDepth":1}}"""), "c1", "c2");
        assertThat(event.type()).isEqualTo("attempt");
        assertThat(event.outcome()).isEqualTo("success");
        assertThat(event.skill()).isEqualTo("loops");
        assertThat(event.classroom()).isEqualTo("c2");
        assertThat(event.context()).containsEntry("hintDepth", 1).containsEntry("action", "Completed");
        assertThat(taken(event("ToolUseEvent", "Used", ",\"extensions\":{\"urn:homeroom:type\":\"hint\"}"), "c1")
                        .type())
                .isEqualTo("hint");
    }

    @Test
    @DisplayName("R-M1, R-T5: entities may stand there by their identifiers alone; mail addresses are kept as hashes")
    void identifiers() {
        String bare = event("ToolUseEvent", "Used", "")
                .replace("{\"id\":\"p1\",\"type\":\"Person\"}", "\"mailto:foo@example.com\"")
                .replace("{\"id\":\"x:1\"}", "\"x:1\"");
        assertThat(taken(bare, "c1").student()).hasSize(40).doesNotContain("foo");
        assertThat(taken(bare, "c1").target()).isEqualTo("x:1");
    }

    @ParameterizedTest
    @DisplayName("R-M1: what is no event about one student is refused with the reason")
    @CsvSource(delimiter = '|', textBlock = """
            urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f | urn:uuid:7            | id:
            "type":"GradeEvent"                           | "type":"Person"       | type:
            "action":"Graded"                             | "action":7            | action:
            "assignee":{"id"                              | "assignee":{"ID"      | actor:
            "group":{"id":"urn:homeroom:classroom:c1"     | "group":{"id":"c9"    | classroom: the token
            "2026-11-21T09:59:50.000Z"                    | "soon"                | object.endedAtTime:
            "https://example.edu/items/3"                 | "\\u0000"             | target:
            """)
    void refusals(String good, String bad, String reason) {
        assertThat(GRADED).contains(good);
        Reading reading = read(GRADED.replace(good, bad), "c1", "c2");
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(((Reading.Refused) reading).why().detail()).startsWith(reason);
    }

    @ParameterizedTest
    @DisplayName("R-M1: what is no envelope is refused as a whole")
    @ValueSource(
            strings = {"", "[]", "{}", "7", "{\"data\":[]}", "ENV{\"data\":7}", "ENV{\"data\":[]", "ENV{\"data\":[]} x"
            })
    void noEnvelope(String body) {
        assertThatThrownBy(() -> envelope(body.replace("ENV", ""), "c1")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @DisplayName("R-M1: an envelope says who sent it, when, and in which version")
    @CsvSource(delimiter = '|', textBlock = """
            "sensor":"s"                                          | "sensor":""
            "sendTime":"2026-11-21T10:00:00.000Z"                 | "sendTime":{}
            http://purl.imsglobal.org/ctx/caliper/v1p2","data"    | http://purl.imsglobal.org/ctx/caliper/v2","data"
            "data":[                                              | "data":[],"data":[
            """)
    void envelopeFields(String good, String bad) {
        String body = enveloped(GRADED);
        assertThat(body).contains(good);
        assertThat(envelope(body, "c1").events()).hasSize(1);
        assertThatThrownBy(() -> envelope(body.replace(good, bad), "c1")).isInstanceOf(ProblemException.class);
    }

    private static String event(String type, String action, String more) {
        return """
                {"id":"urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f","type":"%s","action":"%s",
                 "actor":{"id":"p1","type":"Person"},"object":{"id":"x:1"},"eventTime":"2026-11-21T09:59:58.500Z"%s}
                """.formatted(type, action, more);
    }

    private static MetricEvent taken(String event, String... classrooms) {
        Reading reading = read(event, classrooms);
        assertThat(reading).isInstanceOf(Reading.Taken.class);
        return ((Reading.Taken) reading).event();
    }

    private static Reading read(String event, String... classrooms) {
        return envelope(enveloped(event), classrooms).events().getFirst();
    }

    private static String enveloped(String event) {
        return """
                {"sensor":"s","more":{"x":[1]},"sendTime":"2026-11-21T10:00:00.000Z",
                 "dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[%s]}""".formatted(event);
    }

    private static Body envelope(String body, String... classrooms) {
        return Envelope.read(body.getBytes(UTF_8), new TreeReader(new CaliperEvents(), Publishers.of(classrooms), NOW));
    }
}
