package dev.homeroom.client.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the next heartbeat has to tell, until one that told it was answered. Thread-safe. */
final class Report {
    private static final int MOST_FIGURES = 64;

    private @Nullable Instant activity;
    private Map<String, Double> usage = Map.of();
    private Set<Long> seen = Set.of();

    synchronized void active(Instant at) {
        activity = at;
    }

    synchronized void usage(Map<String, ? extends Number> totals) {
        Map<String, Double> merged = new LinkedHashMap<>(usage);
        totals.forEach((name, total) -> {
            double figure = total.doubleValue();
            if (name.isBlank() || name.length() > 64 || !Double.isFinite(figure)) {
                throw new IllegalArgumentException(
                        "A usage figure has a name of 1 to 64 characters and a finite value, not " + name + "=" + total
                                + ".");
            }
            merged.put(name, figure);
        });
        if (merged.size() > MOST_FIGURES) {
            throw new IllegalArgumentException(
                    "A session reports at most " + MOST_FIGURES + " usage figures, not " + merged.size() + ".");
        }
        usage = merged;
    }

    synchronized Heartbeat take(long incarnation, long unanswered) {
        return new Heartbeat(incarnation, unanswered, activity, usage, List.copyOf(seen));
    }

    /** The coordinator knows what this heartbeat told. Totals may have grown meanwhile: then they are told again. */
    synchronized void told(Heartbeat heartbeat) {
        if (heartbeat.activity() != null && heartbeat.activity().equals(activity)) {
            activity = null;
        }
        if (heartbeat.usage().equals(usage)) {
            usage = Map.of();
        }
    }

    synchronized boolean hasSeen(long token) {
        return seen.contains(token);
    }

    /** The revocations of the last answer, all passed on: the coordinator repeats those it is not sure of. */
    synchronized void seen(Set<Long> tokens) {
        seen = Set.copyOf(tokens);
    }
}
