package dev.homeroom.metrics.core.detector;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds of a detector by name: the components of its record, as text. Numbers are written as in Java, durations as in
 * ISO-8601 ({@code PT10M}).
 */
public final class Thresholds {
    private Thresholds() {}

    /** The thresholds of {@code detector}, in the order of its record. */
    public static SequencedMap<String, String> of(Detector<?> detector) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : components(detector)) {
            values.put(component.getName(), String.valueOf(value(detector, component)));
        }
        return values;
    }

    /**
     * The same detector with other thresholds.
     *
     * @param changes by name; what they do not name stays
     * @throws IllegalArgumentException when there is no threshold of such a name, or its value has another form or is out
     *     of bounds; the message says which
     */
    public static Detector<?> changed(Detector<?> detector, Map<String, String> changes) {
        RecordComponent[] components = components(detector);
        TreeSet<String> unknown = new TreeSet<>(changes.keySet());
        Arrays.stream(components).map(RecordComponent::getName).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s: is no threshold; there are %s"
                    .formatted(unknown.first(), of(detector).keySet()));
        }
        @Nullable Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String change = changes.get(components[i].getName());
            types[i] = components[i].getType();
            values[i] = change == null
                    ? value(detector, components[i])
                    : parsed(components[i].getName(), types[i], change.strip());
        }
        return made(detector, types, values);
    }

    private static RecordComponent[] components(Detector<?> detector) {
        RecordComponent[] components = detector.getClass().getRecordComponents();
        if (components == null) {
            throw new IllegalStateException("the detector " + detector.name() + " is no record");
        }
        return components;
    }

    private static @Nullable Object value(Detector<?> detector, RecordComponent component) {
        try {
            return component.getAccessor().invoke(detector);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a threshold of " + detector.name() + " cannot be read", e);
        }
    }

    private static Detector<?> made(Detector<?> detector, Class<?>[] types, @Nullable Object[] values) {
        try {
            return detector.getClass().getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException outOfBounds) {
                throw new IllegalArgumentException(outOfBounds.getMessage(), e);
            }
            throw new IllegalStateException("the detector " + detector.name() + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the detector " + detector.name() + " cannot be made", e);
        }
    }

    private static Object parsed(String name, Class<?> type, String text) {
        try {
            if (type == int.class) {
                return Integer.valueOf(text);
            } else if (type == double.class) {
                return Double.valueOf(text);
            } else if (type == Duration.class) {
                return Duration.parse(text);
            }
            throw new IllegalStateException("thresholds of type " + type + " cannot be set");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + ": must be a " + (type == int.class ? "whole number" : "number"), e);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + ": must be a duration as PT10M", e);
        }
    }
}
