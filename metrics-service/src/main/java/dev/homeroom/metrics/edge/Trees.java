package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the mappings of xAPI and Caliper ask of a tree. Pure. */
public final class Trees {
    private static final ObjectMapper VALUES = new ObjectMapper();

    private Trees() {}

    /** The text at the end of a path of fields; null where there is none, or something else. */
    public static @Nullable String text(JsonNode from, String... path) {
        JsonNode at = from;
        for (String name : path) {
            at = at.path(name);
        }
        return at.isTextual() && !at.textValue().isBlank() ? at.textValue() : null;
    }

    /**
     * A time in ISO-8601, with an offset or in UTC, in milliseconds.
     *
     * @throws RefusedException for anything else, and for what is not of this century
     */
    public static Instant time(String field, String text) throws RefusedException {
        try {
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            Instant instant = read instanceof OffsetDateTime at
                    ? at.toInstant()
                    : ((LocalDateTime) read).toInstant(ZoneOffset.UTC);
            if (EventBounds.isOfThisCentury(instant)) {
                return instant.truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            // Told below, as what is of another century.
        }
        throw RefusedException.invalid(field + ": must be an ISO-8601 time of this century");
    }

    /** Milliseconds of an ISO-8601 duration in days or less; null for anything else: months have no length. */
    public static @Nullable Long millis(@Nullable String text) {
        try {
            Duration duration = text == null ? null : Duration.parse(text);
            return duration == null || duration.isNegative() ? null : duration.toMillis();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** An object as a map of plain values, without nulls; empty for anything else. */
    public static Map<String, Object> values(JsonNode node) {
        if (!node.isObject()) {
            return Map.of();
        }
        try {
            Map<String, @Nullable Object> read = VALUES.treeToValue(node, new TypeReference<>() {});
            Map<String, Object> values = new LinkedHashMap<>();
            read.forEach((name, value) -> {
                if (value != null) {
                    values.put(name, value);
                }
            });
            return values;
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    /** What stands for a text that must not be kept: its SHA-1 in hex, as xAPI writes {@code mbox_sha1sum}. */
    public static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
