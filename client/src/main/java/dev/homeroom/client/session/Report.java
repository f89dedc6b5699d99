package dev.homeroom.client.session;

import dev.homeroom.client.Checks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the next heartbeat has to tell, until one that told it was answered. Thread-safe. */
final class Report {
    /** As many as the coordinator takes (its {@code Bounds}). */
    private static final int MOST_FIGURES = 16;

    private @Nullable Instant activity;
    private Map<String, Double> usage = Map.of();
    private boolean usageIsNew;

    synchronized void active(Instant at) {
        activity = at;
    }

    synchronized void usage(Map<String, ? extends Number> totals) {
        Map<String, Double> merged = new LinkedHashMap<>(usage);
        totals.forEach((name, total) -> merged.put(Checks.name("usage figure", name), figure(name, total)));
        Checks.range("number of usage figures", merged.size(), 0, MOST_FIGURES);
        usage = merged;
        usageIsNew = true;
    }

    private static double figure(String name, Number total) {
        double figure = total.doubleValue();
        if (!(figure >= 0 && figure <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "Usage figure " + name + " must be a finite number, at least 0, not " + total + ".");
        }
        return figure;
    }

    synchronized Heartbeat take(long incarnation, long unanswered, List<Long> seen) {
        return new Heartbeat(incarnation, unanswered, activity, usageIsNew ? usage : Map.of(), seen);
    }

    /** The coordinator knows what this heartbeat told. What has changed meanwhile is told again. */
    synchronized void told(Heartbeat heartbeat) {
        if (heartbeat.activity() != null && heartbeat.activity().equals(activity)) {
            activity = null;
        }
        if (heartbeat.usage().equals(usage)) {
            usageIsNew = false;
        }
    }
}
