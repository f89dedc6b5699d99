package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.query.Question;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that grows with its parameters: each {@code ?} becomes the next {@code $n}. For one thread. */
final class Search {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    Search(String sql, Object... values) {
        add(sql, values);
    }

    /** More of the statement, with a value for each of its question marks. */
    Search add(String part, Object... values) {
        int next = 0;
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) == '?') {
                parameters.add(values[next++]);
                sql.append('$').append(parameters.size());
            } else {
                sql.append(part.charAt(i));
            }
        }
        sql.append('\n');
        return this;
    }

    /** One more condition, where there is a value for it. */
    Search and(String condition, @Nullable Object value) {
        return value == null ? this : add("AND " + condition, value);
    }

    /** Only these classrooms. */
    Search in(@Nullable List<String> classrooms) {
        if (classrooms == null) {
            return this;
        }
        return classrooms.size() == 1
                ? and("classroom = ?", classrooms.getFirst())
                : and("classroom = ANY(?)", classrooms.toArray(String[]::new));
    }

    /** The order of the list, whose columns are {@code key}, and where its page begins and ends. */
    Search page(Question question, String key, String direction, Part... parts) {
        if (question.after() != null) {
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = parts[i].read(question.after().parts().get(i));
            }
            String marks = "?, ".repeat(parts.length - 1) + "?";
            String than = direction.equals("DESC") ? "<" : ">";
            add("AND (%s) %s (%s)".formatted(key, than, marks), values);
        }
        String order = key.replace(",", " " + direction + ",") + " " + direction;
        return add("ORDER BY " + order + " LIMIT ?", question.limit());
    }

    /** What a part of a cursor is. */
    enum Part {
        TEXT {
            @Override
            Object read(String text) {
                return text;
            }
        },
        TIME {
            @Override
            Object read(String text) {
                return utc(Instant.parse(text));
            }
        },
        UUID {
            @Override
            Object read(String text) {
                return java.util.UUID.fromString(text);
            }
        },
        NUMBER {
            @Override
            Object read(String text) {
                return Long.valueOf(text);
            }
        };

        /** The value for the statement; an exception for what is none. */
        abstract Object read(String text);
    }

    String sql() {
        return sql.toString();
    }

    Tuple parameters() {
        return Tuple.tuple(parameters);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
