package dev.homeroom.queue.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns lists of records into the arrays that {@code unnest} takes. */
final class Columns {
    private Columns() {}

    static <T> UUID[] uuids(List<T> rows, Function<T, @Nullable UUID> value) {
        return rows.stream().map(value).toArray(UUID[]::new);
    }

    static <T> String[] texts(List<T> rows, Function<T, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    static <T> Long[] longs(List<T> rows, Function<T, @Nullable Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }

    static <T> Integer[] ints(List<T> rows, Function<T, @Nullable Integer> value) {
        return rows.stream().map(value).toArray(Integer[]::new);
    }

    static <T> Double[] doubles(List<T> rows, Function<T, @Nullable Double> value) {
        return rows.stream().map(value).toArray(Double[]::new);
    }

    static <T> Boolean[] booleans(List<T> rows, Function<T, @Nullable Boolean> value) {
        return rows.stream().map(value).toArray(Boolean[]::new);
    }

    static <T> OffsetDateTime[] times(List<T> rows, Function<T, @Nullable Instant> value) {
        return rows.stream()
                .map(row -> {
                    var instant = value.apply(row);
                    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
                })
                .toArray(OffsetDateTime[]::new);
    }

    /** An array literal, for a column of arrays: {@code unnest} would flatten an array of arrays. */
    static String arrayLiteral(List<String> values) {
        var literal = new StringBuilder("{");
        for (var value : values) {
            literal.append(literal.length() == 1 ? "\"" : ",\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return literal.append('}').toString();
    }
}
