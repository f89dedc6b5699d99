package dev.homeroom.metrics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads what {@link PackWriter} wrote, as the JSON that it stands for: states are read seldom and written all the time, and so
 * records are made of them by the same rules as of stored JSON. For one value; not thread-safe.
 */
final class PackReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ByteBuffer bytes;
    private final List<String> texts = new ArrayList<>(Pack.allWords());
    private final List<String> ids = new ArrayList<>();
    private final List<List<String>> layouts = new ArrayList<>();
    private long instant;

    private PackReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * The value.
     *
     * @throws IOException when it is damaged
     */
    static JsonNode read(byte[] packed) throws IOException {
        try {
            PackReader reader = new PackReader(packed);
            JsonNode value = reader.value();
            if (reader.bytes.hasRemaining()) {
                throw new IOException(reader.bytes.remaining() + " bytes are left over");
            }
            return value;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | DateTimeException | ArithmeticException e) {
            throw new IOException("damaged: " + e, e);
        }
    }

    private JsonNode value() throws IOException {
        int tag = bytes.get();
        return switch (tag) {
            case Pack.NULL -> JSON.nullNode();
            case Pack.TRUE -> JSON.booleanNode(true);
            case Pack.FALSE -> JSON.booleanNode(false);
            case Pack.NUMBER -> JSON.numberNode(signed());
            case Pack.REAL -> JSON.numberNode(bytes.getDouble());
            case Pack.TEXT, Pack.TEXT_AGAIN -> JSON.textNode(text(tag));
            case Pack.ID, Pack.ID_AGAIN -> JSON.textNode(id(tag));
            case Pack.INSTANT -> JSON.textNode(instant());
            case Pack.FINE_INSTANT ->
                JSON.textNode(Instant.ofEpochSecond(signed(), unsigned()).toString());
            case Pack.SPAN ->
                JSON.textNode(Duration.ofSeconds(signed(), unsigned()).toString());
            case Pack.LIST -> list();
            case Pack.MAP -> map();
            case Pack.RECORD, Pack.RECORD_AGAIN -> fields(tag);
            default -> throw new IOException("unknown tag " + tag);
        };
    }

    private String text(int tag) throws IOException {
        if (tag == Pack.TEXT_AGAIN) {
            return texts.get(size());
        }
        byte[] encoded = new byte[count()];
        bytes.get(encoded);
        String text = new String(encoded, UTF_8);
        texts.add(text);
        return text;
    }

    private String id(int tag) throws IOException {
        if (tag == Pack.ID_AGAIN) {
            return ids.get(size());
        }
        String id = new UUID(bytes.getLong(), bytes.getLong()).toString();
        ids.add(id);
        return id;
    }

    private String instant() throws IOException {
        instant += signed();
        return Instant.ofEpochMilli(instant).toString();
    }

    private JsonNode list() throws IOException {
        ArrayNode items = JSON.arrayNode();
        for (int left = count(); left > 0; left--) {
            items.add(value());
        }
        return items;
    }

    private JsonNode map() throws IOException {
        ObjectNode entries = JSON.objectNode();
        for (int left = count(); left > 0; left--) {
            String key = value().asText();
            entries.set(key, value());
        }
        return entries;
    }

    private JsonNode fields(int tag) throws IOException {
        List<String> names;
        if (tag == Pack.RECORD_AGAIN) {
            names = layouts.get(size());
        } else {
            names = new ArrayList<>();
            for (int left = count(); left > 0; left--) {
                names.add(text(bytes.get()));
            }
            layouts.add(names);
        }
        ObjectNode fields = JSON.objectNode();
        for (String name : names) {
            JsonNode value = value();
            if (!value.isNull()) {
                fields.set(name, value);
            }
        }
        return fields;
    }

    /** How many things follow, each of a byte at least. */
    private int count() throws IOException {
        int count = size();
        if (count > bytes.remaining()) {
            throw new IOException("a size of " + count + " with " + bytes.remaining() + " bytes left");
        }
        return count;
    }

    private int size() throws IOException {
        long size = unsigned();
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new IOException("a size of " + size);
        }
        return (int) size;
    }

    private long signed() throws IOException {
        long folded = unsigned();
        return (folded >>> 1) ^ -(folded & 1);
    }

    private long unsigned() throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IOException("a number without an end");
    }
}
