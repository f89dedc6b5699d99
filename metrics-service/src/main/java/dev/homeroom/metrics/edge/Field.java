package dev.homeroom.metrics.edge;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a metric event, by their names on the wire, with the longest text each may hold, in characters. */
enum Field {
    ID("id", 36),
    CLASSROOM("classroom", 200),
    STUDENT("student", 200),
    APP("app", 200),
    TYPE("type", 20),
    TARGET("target", 500),
    SKILL("skill", 200),
    OUTCOME("outcome", 20),
    VALUE("value", 0),
    UNIT("unit", 40),
    OCCURRED_AT("occurredAt", 40),
    CONTEXT("context", 0);

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(f -> f.label, Function.identity()));

    private final String label;
    private final int longest;

    Field(String label, int longest) {
        this.label = label;
        this.longest = longest;
    }

    /** The field of that name, if there is one. */
    static @Nullable Field of(String name) {
        return BY_NAME.get(name);
    }

    /** Its name on the wire. */
    String label() {
        return label;
    }

    /** What is wrong with this text in this field, with the field's name; null when nothing is. */
    @Nullable
    String fault(String text) {
        String fault = Text.fault(text, longest);
        return fault == null ? null : label + ": " + fault;
    }
}
