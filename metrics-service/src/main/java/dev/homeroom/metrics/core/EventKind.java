package dev.homeroom.metrics.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of metric events; the word on the wire is the name in lower case. */
public enum EventKind {
    CLICK,
    ATTEMPT,
    ERROR,
    HINT,
    NAVIGATION,
    FOCUS,
    IDLE,
    SUBMIT,
    MEASURE;

    private static final Map<String, EventKind> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventKind::word, Function.identity()));

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that word, if there is one. */
    public static Optional<EventKind> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
