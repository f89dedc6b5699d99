package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the free part of an event: a small JSON object. At most {@value #MOST_KEYS} keys in an object, {@value #DEEPEST}
 * levels and {@value #MOST_BYTES} bytes as compact JSON: what a detector can use, and no more than an event itself.
 */
final class ContextReader {
    static final int MOST_KEYS = 16;
    static final int MOST_BYTES = 2048;
    static final int DEEPEST = 4;

    /** What is wrong with a context. The object that holds it has to be read to its end by the caller. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message, null, false, false);
        }
    }

    private int bytes;

    /** Reads the object the parser stands at the start of; leaves it at its end unless it is unfit. */
    static Map<String, Object> read(JsonParser in) throws IOException, Unfit {
        return new ContextReader().object(in, 1);
    }

    private Map<String, Object> object(JsonParser in, int depth) throws IOException, Unfit {
        deepEnough(depth);
        Map<String, Object> values = new LinkedHashMap<>();
        count(2);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            clean(name);
            count(size(name) + 4);
            in.nextToken();
            Object value = value(in, depth);
            // A null says as much as an absent key, and a map of values has no place for it.
            if (value != null && values.put(name, value) != null) {
                throw new Unfit("has the key '" + Text.cut(name) + "' twice");
            }
            if (values.size() > MOST_KEYS) {
                throw new Unfit("must not have more than " + MOST_KEYS + " keys");
            }
        }
        return values;
    }

    private @Nullable Object value(JsonParser in, int depth) throws IOException, Unfit {
        return switch (in.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> text(in.getText());
            case VALUE_NUMBER_INT -> whole(in);
            case VALUE_NUMBER_FLOAT -> finite(in);
            case START_OBJECT -> object(in, depth + 1);
            case START_ARRAY -> array(in, depth + 1);
            default -> throw new Unfit("holds something that is no JSON value");
        };
    }

    private List<Object> array(JsonParser in, int depth) throws IOException, Unfit {
        deepEnough(depth);
        List<Object> values = new ArrayList<>();
        count(2);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            count(1);
            Object value = value(in, depth);
            if (value == null) {
                throw new Unfit("must not have null in a list");
            }
            values.add(value);
        }
        return values;
    }

    private String text(String text) throws Unfit {
        clean(text);
        count(size(text) + 2);
        return text;
    }

    private Object whole(JsonParser in) throws IOException, Unfit {
        JsonParser.NumberType type = in.getNumberType();
        if (type == JsonParser.NumberType.BIG_INTEGER) {
            throw new Unfit("must not have whole numbers beyond 64 bits");
        }
        long value = in.getLongValue();
        count(Long.toString(value).length());
        return value;
    }

    private Double finite(JsonParser in) throws IOException, Unfit {
        double value = in.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw new Unfit("must not have numbers beyond 64-bit floating point");
        }
        // As it will be written, which may be longer than it came.
        count(Double.toString(value).length());
        return value;
    }

    private static void clean(String text) throws Unfit {
        if (!Text.isClean(text, true)) {
            throw new Unfit("must not contain control characters or broken surrogates");
        }
    }

    private static void deepEnough(int depth) throws Unfit {
        if (depth > DEEPEST) {
            throw new Unfit("must not be nested deeper than " + DEEPEST + " levels");
        }
    }

    private void count(int more) throws Unfit {
        bytes += more;
        if (bytes > MOST_BYTES) {
            throw new Unfit("must not be larger than " + MOST_BYTES + " bytes");
        }
    }

    /** Bytes in UTF-8; halves of a pair, which {@link #clean} refused, do not come here. */
    private static int size(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size;
    }
}
