package dev.homeroom.metrics.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.homeroom.metrics.core.Tuning;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tunings as JSON, in requests and in the database: {@code {"threshold": 0.4, "detectors": {"rage-clicks": {"enabled": true,
 * "clicks": 4, "apart": "PT0.8S"}}}}.
 */
public final class TuningJson {
    private static final Set<String> FIELDS = Set.of("threshold", "hysteresis", "coolDown", "detectors");
    private static final String ENABLED = "enabled";

    private TuningJson() {}

    /**
     * Reads a tuning.
     *
     * @throws IllegalArgumentException when something in it is unknown, of another form or out of bounds; the message names
     *     it
     */
    public static Tuning read(JsonNode json) {
        check(json.isObject(), "tuning: must be an object");
        TreeSet<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        check(unknown.isEmpty(), String.join(", ", unknown) + ": is no field; there are " + new TreeSet<>(FIELDS));
        return new Tuning(
                number(json, "threshold"), number(json, "hysteresis"), duration(json, "coolDown"), changes(json));
    }

    private static Map<String, Tuning.Change> changes(JsonNode json) {
        JsonNode detectors = json.path("detectors");
        check(detectors.isMissingNode() || detectors.isObject(), "detectors: must be an object");
        Map<String, Tuning.Change> changes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : detectors.properties()) {
            changes.put(entry.getKey(), change("detectors." + entry.getKey(), entry.getValue()));
        }
        return changes;
    }

    private static Tuning.Change change(String path, JsonNode json) {
        check(json.isObject(), path + ": must be an object");
        JsonNode enabled = json.path(ENABLED);
        check(enabled.isMissingNode() || enabled.isBoolean(), path + ".enabled: must be true or false");
        Map<String, String> thresholds = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getKey().equals(ENABLED)) {
                JsonNode value = entry.getValue();
                check(
                        value.isNumber() || value.isTextual(),
                        path + "." + entry.getKey() + ": must be a number or a text");
                thresholds.put(entry.getKey(), value.asText());
            }
        }
        return new Tuning.Change(enabled.isMissingNode() ? null : enabled.booleanValue(), thresholds);
    }

    private static @Nullable Double number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        check(value.isMissingNode() || value.isNumber(), field + ": must be a number");
        return value.isMissingNode() ? null : (Double) value.doubleValue();
    }

    private static @Nullable Duration duration(JsonNode json, String field) {
        JsonNode value = json.path(field);
        try {
            return value.isMissingNode() ? null : Duration.parse(value.asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + ": must be a duration as PT10M", e);
        }
    }

    /** Writes a tuning, so that {@link #read} gives it back. */
    public static ObjectNode write(Tuning tuning) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (tuning.threshold() != null) {
            json.put("threshold", tuning.threshold());
        }
        if (tuning.hysteresis() != null) {
            json.put("hysteresis", tuning.hysteresis());
        }
        if (tuning.coolDown() != null) {
            json.put("coolDown", tuning.coolDown().toString());
        }
        ObjectNode detectors = json.objectNode();
        new TreeMap<>(tuning.detectors()).forEach((name, change) -> {
            ObjectNode detector = detectors.putObject(name);
            if (change.enabled() != null) {
                detector.put(ENABLED, change.enabled());
            }
            new TreeMap<>(change.thresholds()).forEach(detector::put);
        });
        if (!detectors.isEmpty()) {
            json.set("detectors", detectors);
        }
        return json;
    }

    private static void check(boolean holds, String words) {
        if (!holds) {
            throw new IllegalArgumentException(words);
        }
    }
}
