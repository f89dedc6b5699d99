package dev.homeroom.metrics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, and what they are made of, as bytes that tell their own structure; {@link PackReader} reads them. Like JSON
 * it names the components, so a reader knows what it does not know; but each name, text and id stands there once and is
 * referred to afterwards, instants are differences in milliseconds, and ids are bytes. For one value after the other; not thread-safe.
 *
 * <p>A value is a {@link Pack} tag and what the tag says. Numbers are in groups of seven bits, the lowest first; signed ones are
 * folded so that small ones are short.
 */
final class PackWriter {
    private static final int FIRST_SIZE = 8_192;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;
    private final Map<Object, Integer> texts = new HashMap<>(64);
    private final Map<UUID, Integer> ids = new HashMap<>(64);
    private final Map<Class<?>, Integer> layouts = new HashMap<>();
    private long instant;

    /** The packed form of a record. What was packed before leaves no trace, only room. */
    byte[] pack(Record value) {
        size = 0;
        instant = 0;
        texts.clear();
        ids.clear();
        layouts.clear();
        value(value);
        return Arrays.copyOf(bytes, size);
    }

    /** What there is most of in a state comes first: a switch over types costs more than the rest of it. */
    private void value(@Nullable Object value) {
        if (value == null) {
            tag(Pack.NULL);
        } else if (value instanceof UUID id) {
            id(id);
        } else if (value instanceof Instant at) {
            instant(at);
        } else if (value instanceof Boolean flag) {
            tag(flag ? Pack.TRUE : Pack.FALSE);
        } else if (value instanceof Record fields) {
            fields(fields);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer || value instanceof Long) {
            number(((Number) value).longValue());
        } else if (value instanceof Collection<?> items) {
            items(items);
        } else {
            rarer(value);
        }
    }

    private void rarer(Object value) {
        switch (value) {
            case Double real -> real(real);
            case Duration span -> span(span);
            case Enum<?> word -> text(word.name());
            case Map<?, ?> entries -> entries(entries);
            default -> throw new IllegalStateException("a state holds no " + value.getClass());
        }
    }

    private void number(long whole) {
        tag(Pack.NUMBER);
        signed(whole);
    }

    private void real(double real) {
        tag(Pack.REAL);
        fixed(Double.doubleToRawLongBits(real));
    }

    private void text(String text) {
        int known = Pack.word(text);
        @Nullable Integer place = known >= 0 ? (Integer) known : texts.get(text);
        if (place != null) {
            tag(Pack.TEXT_AGAIN);
            unsigned(place);
            return;
        }
        texts.put(text, Pack.words() + texts.size());
        byte[] encoded = text.getBytes(UTF_8);
        tag(Pack.TEXT);
        unsigned(encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private void id(UUID id) {
        Integer place = ids.putIfAbsent(id, ids.size());
        if (place != null) {
            tag(Pack.ID_AGAIN);
            unsigned(place);
            return;
        }
        tag(Pack.ID);
        fixed(id.getMostSignificantBits());
        fixed(id.getLeastSignificantBits());
    }

    private void instant(Instant at) {
        if (at.getNano() % Pack.NANOS_OF_A_MILLI != 0 || Math.abs(at.getEpochSecond()) > Pack.FARTHEST_SECOND) {
            tag(Pack.FINE_INSTANT);
            signed(at.getEpochSecond());
            unsigned(at.getNano());
            return;
        }
        tag(Pack.INSTANT);
        long millis = at.toEpochMilli();
        signed(millis - instant);
        instant = millis;
    }

    private void span(Duration span) {
        tag(Pack.SPAN);
        signed(span.getSeconds());
        unsigned(span.getNano());
    }

    private void items(Collection<?> items) {
        tag(Pack.LIST);
        unsigned(items.size());
        items.forEach(this::value);
    }

    private void entries(Map<?, ?> entries) {
        tag(Pack.MAP);
        unsigned(entries.size());
        entries.forEach((key, value) -> {
            value(key);
            value(value);
        });
    }

    private void fields(Record fields) {
        Class<?> type = fields.getClass();
        RecordLayout layout = RecordLayout.of(type);
        Integer place = layouts.putIfAbsent(type, layouts.size());
        if (place != null) {
            tag(Pack.RECORD_AGAIN);
            unsigned(place);
        } else {
            tag(Pack.RECORD);
            unsigned(layout.components().size());
            layout.components().stream().map(RecordComponent::getName).forEach(this::text);
        }
        for (int i = 0; i < layout.components().size(); i++) {
            value(layout.get(fields, i));
        }
    }

    private void tag(int tag) {
        reserve(1);
        bytes[size++] = (byte) tag;
    }

    private void signed(long number) {
        unsigned((number << 1) ^ (number >> 63));
    }

    private void unsigned(long number) {
        reserve(Pack.LONGEST_NUMBER);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void fixed(long bits) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
