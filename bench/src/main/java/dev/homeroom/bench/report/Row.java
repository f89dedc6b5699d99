package dev.homeroom.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param system homeroom, redis, etcd, core, no-op
 * @param operation what was done
 * @param concurrency how many were under way at once; 0: does not apply
 * @param nodes servers of the system
 * @param opsPerSecond null: not measured, {@code extras} says why or holds what was measured instead
 * @param p50Millis null: not measured
 * @param p99Millis null: not measured
 * @param extras more fields, in order
 */
public record Row(
        String system,
        String operation,
        int concurrency,
        int nodes,
        @Nullable Double opsPerSecond,
        @Nullable Double p50Millis,
        @Nullable Double p99Millis,
        Map<String, Object> extras) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(4);

    /** Copies the map, in its order. */
    public Row {
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }

    /** Nothing was measured, because something is missing. */
    public static Row missing(String system, String operation, int concurrency, int nodes, String what) {
        return new Row(system, operation, concurrency, nodes, null, null, null, Map.of("missing", what));
    }

    /** The same with one more field. */
    public Row with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extras);
        more.put(name, value);
        return new Row(system, operation, concurrency, nodes, opsPerSecond, p50Millis, p99Millis, more);
    }

    /** One line of JSON; numbers have four digits. */
    public String json() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("system", system);
        line.put("operation", operation);
        line.put("concurrency", concurrency);
        line.put("nodes", nodes);
        line.put("ops_per_s", rounded(opsPerSecond));
        line.put("p50_ms", rounded(p50Millis));
        line.put("p99_ms", rounded(p99Millis));
        extras.forEach((name, value) -> line.put(name, rounded(value)));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Four digits of a number that is not whole; everything else as it is. */
    static @Nullable Object rounded(@Nullable Object value) {
        if (!(value instanceof Double number) || !Double.isFinite(number)) {
            return value instanceof Double ? null : value;
        }
        double round = new BigDecimal(number).round(DIGITS).doubleValue();
        return Math.abs(round) >= 1_000 ? (Object) Math.round(round) : (Object) round;
    }
}
