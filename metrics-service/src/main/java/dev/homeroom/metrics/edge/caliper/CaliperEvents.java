package dev.homeroom.metrics.edge.caliper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.usability.MetricEvent;
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

/** The mapping of a Caliper event, 1.0 to 1.2. */
public final class CaliperEvents implements TreeReader.Mapping {
    private static final String URN_UUID = "urn:uuid:";

    @Override
    public MetricEvent event(JsonNode item, Publisher publisher, Instant receivedAt) throws RefusedException {
        Deed deed = Deed.of(item);
        Extensions extensions = new Extensions(item.path("extensions"));
        Grade grade = Grade.of(item);
        Boolean success = success(item, deed, grade, extensions);
        Double fraction = grade.fraction();
        String told = extensions.type();
        return new MetricEvent(
                id(item),
                classroom(item, extensions, publisher),
                student(item),
                publisher.app(),
                told != null ? told : deed.kind(success).word(),
                target(item),
                skill(item, extensions),
                success == null ? null : success ? "success" : "failure",
                fraction != null ? fraction : grade.given(),
                fraction != null ? "score" : grade.given() != null ? "points" : null,
                time(item, deed),
                receivedAt,
                extensions.context(added(item, deed)));
    }

    private static UUID id(JsonNode item) throws RefusedException {
        String id = Entities.id(item);
        UUID uuid = id == null ? null : Text.uuid(id.startsWith(URN_UUID) ? id.substring(URN_UUID.length()) : id);
        if (uuid == null) {
            throw RefusedException.invalid("id: must be urn:uuid: and a UUID");
        }
        return uuid;
    }

    private static String classroom(JsonNode item, Extensions extensions, Publisher publisher) throws RefusedException {
        String found = extensions.classroom();
        found = found != null ? found : Entities.id(item.path("group"));
        found = found != null ? found : Entities.id(item.path("membership").path("organization"));
        return found == null ? Extensions.onlyClassroom(publisher) : Extensions.stripped("classroom", found);
    }

    /** The person who acted; where a program or a teacher did, the one whose attempt or session it is about. */
    private static String student(JsonNode item) throws RefusedException {
        JsonNode actor = item.path("actor");
        JsonNode object = item.path("object");
        String type = Entities.type(actor);
        boolean person = type.equals("Person") || type.isEmpty();
        String id = Entities.id(object.path("assignee"));
        id = id == null && !person ? Entities.id(object.path("user")) : id;
        id = id == null && person ? Entities.id(actor) : id;
        if (id == null) {
            throw RefusedException.invalid("actor: is no person, and the object names none");
        }
        return id.startsWith("mailto:") ? Trees.sha1(id) : Extensions.stripped("student", id);
    }

    private static @Nullable String target(JsonNode item) {
        JsonNode object = item.path("object");
        String assignable = Entities.id(object.path("assignable"));
        return assignable != null ? assignable : Entities.id(object);
    }

    private static @Nullable String skill(JsonNode item, Extensions extensions) {
        String told = extensions.skill();
        return told != null
                ? told
                : Entities.id(item.path("object").path("learningObjectives").path(0));
    }

    /**
     * A program's verdict on a single item is the student's success. A teacher's marks come long after the struggle, and
     * less than all points of a whole assessment is no failure.
     */
    private static @Nullable Boolean success(JsonNode item, Deed deed, Grade grade, Extensions extensions) {
        Boolean told = extensions.success();
        if (told != null || !deed.grades()) {
            return told;
        }
        boolean program = Entities.type(item.path("actor")).equals("SoftwareApplication");
        String graded = Entities.type(item.path("object").path("assignable"));
        return (program && graded.equals("AssessmentItem")) ? grade.full() : null;
    }

    /** A graded attempt counts for when it ended, where that is told. */
    private static Instant time(JsonNode item, Deed deed) throws RefusedException {
        String ended = Trees.text(item, "object", "endedAtTime");
        if (deed.grades() && ended != null) {
            return Trees.time("object.endedAtTime", ended);
        }
        String time = Trees.text(item, "eventTime");
        if (time == null) {
            throw RefusedException.invalid("eventTime: is missing");
        }
        return Trees.time("eventTime", time);
    }

    private static Map<String, Object> added(JsonNode item, Deed deed) {
        Map<String, Object> added = new LinkedHashMap<>();
        if (Text.fault(deed.event(), 100) == null && Text.fault(deed.action(), 100) == null) {
            added.put("event", deed.event());
            added.put("action", deed.action());
        }
        String generated = Trees.text(item, "generated", "duration");
        Long millis = Trees.millis(generated != null ? generated : Trees.text(item, "object", "duration"));
        if (millis != null) {
            added.put("durationMs", millis);
        }
        return added;
    }
}
