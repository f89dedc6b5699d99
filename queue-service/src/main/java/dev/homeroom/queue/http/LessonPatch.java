package dev.homeroom.queue.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.homeroom.platform.problem.JsonProblems;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.queue.core.lesson.LessonContent;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** JSON merge patches (RFC 7396) of lessons: what is absent stays, what is null goes. */
@ApplicationScoped
public class LessonPatch {
    private final ObjectMapper mapper;

    /** With the JSON rules of every interface. */
    public LessonPatch(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The lesson with the patch on it, asking for the version that the patch asks for. */
    LessonBody apply(LessonContent present, @Nullable JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw Checks.invalid("An object is expected.");
        }
        var body = new LessonBody(
                null, present.title(), present.objective(), present.description(), present.weight(), null);
        ObjectNode merged = mapper.valueToTree(body);
        changes.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        try {
            return mapper.treeToValue(merged, LessonBody.class);
        } catch (JsonProcessingException e) {
            throw new ProblemException(JsonProblems.of(e));
        }
    }
}
