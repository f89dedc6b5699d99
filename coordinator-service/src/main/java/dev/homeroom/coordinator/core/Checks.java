package dev.homeroom.coordinator.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of values; each answers null when all is well, or what is wrong. */
final class Checks {
    private Checks() {}

    /** A text of at most {@link Bounds#NAME_BYTES}, without control characters, possibly empty. */
    static @Nullable String text(String what, String value) {
        return text(what, value, Bounds.NAME_BYTES);
    }

    static @Nullable String text(String what, String value, int bound) {
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else if (Character.isSurrogate(c) || Character.isISOControl(c)) {
                return what + " contains a control character or half a character";
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes <= bound ? null : what + " is longer than " + bound + " bytes";
    }

    /** A text that must not be empty. */
    static @Nullable String name(String what, String value) {
        return value.isEmpty() ? what + " is missing" : text(what, value);
    }

    static @Nullable String range(String what, long value, long low, long high) {
        return value >= low && value <= high ? null : what + " must be " + low + " to " + high;
    }

    /** A duration in milliseconds, 0 for the default. */
    static @Nullable String duration(String what, long value, long high) {
        return value == 0 ? null : range(what + " in milliseconds", value, Bounds.SHORTEST_MILLIS, high);
    }

    /** An amount of tokens of a bucket, or of a second. */
    static @Nullable String amount(String what, double value) {
        return value >= 0 && value <= Bounds.HIGHEST_RATE
                ? null
                : what + " must be a number from 0 to " + (long) Bounds.HIGHEST_RATE;
    }

    /** All of a candidate. */
    static @Nullable String candidate(Command.Candidate candidate) {
        return first(
                name("task", candidate.task()),
                text("task", TaskNames.claim(candidate.task())),
                range("priority", candidate.priority(), 0, 9),
                range("limits of a task", candidate.limits().size(), 0, Bounds.LIMITS_PER_TASK),
                names("limit", candidate.limits()),
                fitting(candidate));
    }

    /** What decides whether a session and a candidate fit. */
    static @Nullable String fitting(Command.Candidate candidate) {
        return first(
                text("lesson", candidate.lesson()),
                range("capabilities of a task", candidate.capabilities().size(), 0, Bounds.CAPABILITIES),
                capabilities(candidate.capabilities()),
                text("host", candidate.host()),
                text("repo", candidate.repo(), Bounds.CODEBASE_BYTES));
    }

    /** Figures that a session reports. */
    static @Nullable String usage(Map<String, Double> usage) {
        String wrong = range("usage figures", usage.size(), 0, Bounds.USAGE_FIGURES);
        for (Map.Entry<String, Double> figure : usage.entrySet()) {
            double value = figure.getValue();
            wrong = wrong != null
                    ? wrong
                    : first(
                            name("usage figure", figure.getKey()),
                            value >= 0 && value <= Double.MAX_VALUE
                                    ? null
                                    : "usage " + figure.getKey() + " must be a finite number, at least 0");
        }
        return wrong;
    }

    static @Nullable String profile(Profile profile) {
        Codebase codebase = profile.codebase();
        String wrong = first(
                text("name", profile.name()),
                text("host", profile.host()),
                text("tty", profile.tty()),
                text("lesson", profile.lesson()),
                text("codebase.repo", codebase.repo(), Bounds.CODEBASE_BYTES),
                text("codebase.branch", codebase.branch(), Bounds.CODEBASE_BYTES),
                text("codebase.directory", codebase.directory(), Bounds.CODEBASE_BYTES),
                range("capabilities", profile.capabilities().size(), 0, Bounds.CAPABILITIES),
                range("maxConcurrentTasks", profile.maxConcurrentTasks(), 1, Bounds.CONCURRENT_TASKS));
        return wrong != null ? wrong : capabilities(profile.capabilities());
    }

    /** Each a name; bounded together, for they are kept and listed with every session. */
    private static @Nullable String capabilities(List<String> capabilities) {
        String wrong = names("capability", capabilities);
        return wrong != null || capabilities.isEmpty()
                ? wrong
                : text("capabilities together", String.join("", capabilities), Bounds.CAPABILITIES_BYTES);
    }

    static @Nullable String names(String what, List<String> values) {
        for (String value : values) {
            String wrong = name(what, value);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    static @Nullable String first(@Nullable String... wrongs) {
        for (String wrong : wrongs) {
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }
}
