package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an app may say in our own words inside a foreign format: the same extensions in xAPI (in {@code
 * context.extensions}) and Caliper (in the event's {@code extensions}). They go before whatever the format's mapping
 * would find.
 *
 * @param node the object of extensions, or anything when there is none
 */
public record Extensions(JsonNode node) {
    /** What our identifiers begin with; students and groups may be named so, too. */
    public static final String PREFIX = "urn:homeroom:";

    /** The classroom, if told. */
    public @Nullable String classroom() {
        return Trees.text(node, PREFIX + "classroom");
    }

    /** The type of the metric event, if told. */
    public @Nullable String type() {
        return Trees.text(node, PREFIX + "type");
    }

    /** The skill, if told. */
    public @Nullable String skill() {
        return Trees.text(node, PREFIX + "skill");
    }

    /** Whether it went well, if told. */
    public @Nullable Boolean success() {
        JsonNode told = node.path(PREFIX + "success");
        return told.isBoolean() ? told.booleanValue() : null;
    }

    /** The context of the metric event: what is told, and beneath it what the mapping adds. */
    public Map<String, Object> context(Map<String, Object> added) {
        Map<String, Object> context = new LinkedHashMap<>(added);
        context.putAll(Trees.values(node.path(PREFIX + "context")));
        return context;
    }

    /** An identifier without our prefix for its kind, such as {@code urn:homeroom:student:}; others as they are. */
    public static String stripped(String kind, String id) {
        String prefix = PREFIX + kind + ":";
        return id.startsWith(prefix) ? id.substring(prefix.length()) : id;
    }

    /**
     * The classroom a token stands for by itself, for formats that name none: the only one it names.
     *
     * @throws RefusedException when it names several, or all
     */
    public static String onlyClassroom(Publisher publisher) throws RefusedException {
        var scope = publisher.scope();
        if (scope.all() || scope.classrooms().size() != 1) {
            throw RefusedException.invalid("classroom: is missing; name it, or use a token for a single classroom");
        }
        return scope.classrooms().iterator().next();
    }
}
