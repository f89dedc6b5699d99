package dev.homeroom.platform.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with JSON that came in: which field, and what was expected there. Never names a class, and repeats
 * nothing of the input but the names of fields.
 */
public final class JsonProblems {
    private static final int LONGEST_NAME = 100;

    private JsonProblems() {}

    /** The problem behind Jackson's exception. */
    public static Problem of(JsonProcessingException e) {
        return switch (e) {
            case StreamConstraintsException _ ->
                Problem.of(ProblemType.TOO_LARGE, "The JSON nests too deeply, or a value or name in it is too long.");
            case UnrecognizedPropertyException unknown ->
                about(
                        pathOf(unknown),
                        "there is no such field here; known are "
                                + unknown.getKnownPropertyIds().stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            case ValueInstantiationException refused -> about(pathOf(refused), reasonOf(refused));
            case MismatchedInputException trailing
            when isTrailing(trailing) ->
                Problem.of(ProblemType.MALFORMED, "Something follows the JSON" + placeOf(e.getLocation()) + ".");
            case MismatchedInputException wrong -> about(pathOf(wrong), "expected " + expected(wrong.getTargetType()));
            case JsonMappingException wide
            when e.getCause() instanceof InputCoercionException -> about(pathOf(wide), "the number is out of range");
            case InputCoercionException wide ->
                Problem.of(ProblemType.INVALID, "A number is out of range" + placeOf(wide.getLocation()) + ".");
            case JsonMappingException other
            when e.getCause() instanceof JsonProcessingException cause && cause != e -> of(cause);
            case JsonMappingException other -> about(pathOf(other), "the value is not allowed");
            default -> Problem.of(ProblemType.MALFORMED, "The body is not JSON" + placeOf(e.getLocation()) + ".");
        };
    }

    /** Jackson has no exception of its own for it. */
    private static boolean isTrailing(MismatchedInputException e) {
        return e.getPath().isEmpty() && e.getOriginalMessage().startsWith("Trailing token");
    }

    private static Problem about(String field, String words) {
        return field.isEmpty()
                ? Problem.of(ProblemType.INVALID, "The body: " + words + ".")
                : Problem.of(ProblemType.INVALID, "Field '" + field + "': " + words + ".", Map.of("field", field));
    }

    private static String reasonOf(ValueInstantiationException e) {
        return e.getCause() instanceof IllegalArgumentException reason && reason.getMessage() != null
                ? reason.getMessage()
                : "the value is not allowed";
    }

    private static String placeOf(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String pathOf(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName();
            if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name, 0, Math.min(name.length(), LONGEST_NAME));
            }
        }
        return path.toString();
    }

    private static String expected(@Nullable Class<?> target) {
        if (target == null) {
            return "another value";
        }
        if (target.isEnum()) {
            return "one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (target == Instant.class) {
            return "an ISO-8601 instant such as 2026-11-01T08:00:00.000Z";
        }
        if (target == Duration.class) {
            return "an ISO-8601 duration such as PT30S";
        }
        if (target == UUID.class) {
            return "a UUID";
        }
        if (target == boolean.class || target == Boolean.class) {
            return "true or false";
        }
        if (target == double.class || target == float.class || target == Double.class || target == Float.class) {
            return "a number";
        }
        if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
            return "a whole number";
        }
        if (CharSequence.class.isAssignableFrom(target)) {
            return "a string";
        }
        return target.isArray() || Collection.class.isAssignableFrom(target) ? "an array" : "an object";
    }
}
