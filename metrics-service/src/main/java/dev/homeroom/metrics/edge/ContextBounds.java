package dev.homeroom.metrics.edge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of the free part of an event, held against a context that is read already: those of {@link ContextReader},
 * which counts the same while it reads. Sizes are bytes of compact JSON in UTF-8; a key or text counts as it is, escapes
 * apart.
 */
final class ContextBounds {
    private int bytes;

    private ContextBounds() {}

    /** What is wrong with a context; null when nothing is. */
    static @Nullable String fault(Map<String, ?> context) {
        return new ContextBounds().object(context, 1);
    }

    private @Nullable String object(Map<?, ?> values, int depth) {
        if (depth > ContextReader.DEEPEST) {
            return "must not be nested deeper than " + ContextReader.DEEPEST + " levels";
        }
        if (values.size() > ContextReader.MOST_KEYS) {
            return "must not have more than " + ContextReader.MOST_KEYS + " keys";
        }
        String fault = count(2);
        for (Map.Entry<?, ?> each : values.entrySet()) {
            fault = fault != null ? fault : text(String.valueOf(each.getKey()), 4);
            fault = fault != null ? fault : value(each.getValue(), depth);
        }
        return fault;
    }

    private @Nullable String value(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String text -> text(text, 2);
            case Map<?, ?> object -> object(object, depth + 1);
            case List<?> list -> array(list, depth + 1);
            case Number number -> number(number);
            case Boolean _ -> null;
            default -> "holds something that is no JSON value";
        };
    }

    private @Nullable String array(List<?> values, int depth) {
        if (depth > ContextReader.DEEPEST) {
            return "must not be nested deeper than " + ContextReader.DEEPEST + " levels";
        }
        String fault = count(2);
        for (Object each : values) {
            fault = fault != null ? fault : count(1);
            fault = fault != null ? fault : each == null ? "must not have null in a list" : value(each, depth);
        }
        return fault;
    }

    private @Nullable String text(String text, int around) {
        return Text.isClean(text, true)
                ? count(text.getBytes(StandardCharsets.UTF_8).length + around)
                : "must not contain control characters or broken surrogates";
    }

    private @Nullable String number(Number number) {
        if (number instanceof java.math.BigInteger) {
            return "must not have whole numbers beyond 64 bits";
        }
        return Double.isFinite(number.doubleValue())
                ? count(number.toString().length())
                : "must not have numbers beyond 64-bit floating point";
    }

    private @Nullable String count(int more) {
        bytes += more;
        return bytes > ContextReader.MOST_BYTES
                ? "must not be larger than " + ContextReader.MOST_BYTES + " bytes"
                : null;
    }
}
