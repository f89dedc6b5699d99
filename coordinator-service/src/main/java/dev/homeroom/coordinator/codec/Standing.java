package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Tally;
import dev.homeroom.coordinator.store.v1.StoredFigure;
import dev.homeroom.coordinator.store.v1.StoredTally;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What sessions have done and report, as it is stored; figures in the order of their names. */
final class Standing {
    private Standing() {}

    static StoredTally stored(Tally tally) {
        return StoredTally.newBuilder()
                .setDone(tally.done())
                .setFailed(tally.failed())
                .setTaskMillis(tally.taskMillis())
                .addAllUsage(figures(tally.usage()))
                .build();
    }

    static Tally core(StoredTally stored) {
        return stored.equals(StoredTally.getDefaultInstance())
                ? Tally.NONE
                : new Tally(
                        stored.getDone(), stored.getFailed(), stored.getTaskMillis(), figures(stored.getUsageList()));
    }

    static List<StoredFigure> figures(Map<String, Double> usage) {
        return usage.isEmpty()
                ? List.of()
                : new TreeMap<>(usage)
                        .entrySet().stream()
                                .map(figure -> StoredFigure.newBuilder()
                                        .setName(figure.getKey())
                                        .setValue(figure.getValue())
                                        .build())
                                .toList();
    }

    static Map<String, Double> figures(List<StoredFigure> stored) {
        if (stored.isEmpty()) {
            return Map.of();
        }
        Map<String, Double> usage = new TreeMap<>();
        stored.forEach(figure -> usage.put(figure.getName(), figure.getValue()));
        return usage;
    }
}
