package dev.homeroom.metrics.edge.xapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.edge.Extensions;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.metrics.edge.RefusedException;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.metrics.edge.TreeReader;
import dev.homeroom.metrics.edge.Trees;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a statement, of xAPI 1.0.3 and 2.0 alike. A statement without a timestamp counts for {@code receivedAt};
 * one without an id gets {@code fallback}, or one made from what it says, and without either it is refused: sent again, it
 * could not be known again. For one request.
 */
public final class Statements implements TreeReader.Mapping {
    private final @Nullable UUID fallback;
    private final DerivedIds derived = new DerivedIds();

    /**
     * For a request.
     *
     * @param fallback the id of the one statement of a request that names it outside
     */
    public Statements(@Nullable UUID fallback) {
        this.fallback = fallback;
    }

    @Override
    public MetricEvent event(JsonNode statement, Publisher publisher, Instant receivedAt) throws RefusedException {
        version(statement);
        Verb verb = Verb.of(statement);
        Result result = Result.of(statement);
        JsonNode context = statement.path("context");
        Extensions extensions = new Extensions(context.path("extensions"));
        Boolean success = result.success() != null ? result.success() : verb.success();
        Measure measure = Measure.of(result);
        String timestamp = Trees.text(statement, "timestamp");
        String student = Actor.student(statement);
        return new MetricEvent(
                id(statement, publisher.app(), student, timestamp),
                Activities.classroom(context, extensions, publisher),
                student,
                publisher.app(),
                type(verb, result, extensions),
                target(statement),
                Activities.skill(context, extensions),
                success == null ? null : success ? "success" : "failure",
                measure.value(),
                measure.unit(),
                timestamp == null ? receivedAt : Trees.time("timestamp", timestamp),
                receivedAt,
                extensions.context(added(verb, result)));
    }

    private static void version(JsonNode statement) throws RefusedException {
        String version = Trees.text(statement, "version");
        if (version != null && !version.startsWith("1.0") && !version.startsWith("2.0")) {
            throw RefusedException.invalid("version: must be 1.0.x or 2.0.x");
        }
    }

    private UUID id(JsonNode statement, String app, String student, @Nullable String timestamp)
            throws RefusedException {
        if (!statement.has("id")) {
            return fallback != null ? fallback : derived(statement, app, student, timestamp);
        }
        String text = Trees.text(statement, "id");
        UUID id = text == null ? null : Text.uuid(text);
        if (id == null) {
            throw RefusedException.invalid("id: must be a UUID");
        }
        if (fallback != null && !fallback.equals(id)) {
            throw RefusedException.invalid("id: is not the statementId of the request");
        }
        return id;
    }

    private UUID derived(JsonNode statement, String app, String student, @Nullable String timestamp)
            throws RefusedException {
        if (timestamp == null) {
            throw RefusedException.invalid("id: is missing, and so is timestamp; one of them is needed");
        }
        return derived.of(app, student, statement);
    }

    /** An attempt is one only with an outcome: many players say "attempted" when an exercise is merely opened. */
    private static String type(Verb verb, Result result, Extensions extensions) {
        String told = extensions.type();
        if (told != null) {
            return told;
        }
        EventKind kind = verb.kind();
        if (verb.word().equals("attempted")) {
            kind = result.success() == null ? EventKind.NAVIGATION : EventKind.ATTEMPT;
        } else if (verb.word().equals("completed")) {
            kind = result.success() == null ? EventKind.MEASURE : EventKind.SUBMIT;
        }
        return (kind == null ? EventKind.MEASURE : kind).word();
    }

    private static @Nullable String target(JsonNode statement) throws RefusedException {
        JsonNode object = statement.path("object");
        String kind = Trees.text(object, "objectType");
        if (!object.isObject() || "SubStatement".equals(kind)) {
            throw RefusedException.invalid("object: must be an activity, an agent or a reference");
        }
        String id = Trees.text(object, "id");
        boolean activity = kind == null || kind.equals("Activity");
        if (activity && id == null) {
            throw RefusedException.invalid("object.id: is missing");
        }
        // Who else takes part is nobody's target; a statement is one.
        return activity || "StatementRef".equals(kind) ? id : null;
    }

    private static Map<String, Object> added(Verb verb, Result result) {
        Map<String, Object> added = new LinkedHashMap<>();
        if (Text.fault(verb.word(), 100) == null) {
            added.put("verb", verb.word());
        }
        if (result.millis() != null) {
            added.put("durationMs", result.millis());
        }
        return added;
    }

    /** The one figure of an event: the score before the time it took. */
    private record Measure(@Nullable Double value, @Nullable String unit) {
        static Measure of(Result result) {
            if (result.score() != null) {
                return new Measure(result.score(), "score");
            }
            if (result.points() != null) {
                return new Measure(result.points(), "points");
            }
            return result.millis() == null ? new Measure(null, null) : new Measure(result.millis() / 1000.0, "s");
        }
    }
}
