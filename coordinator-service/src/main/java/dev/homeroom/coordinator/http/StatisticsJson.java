package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.SessionView;
import dev.homeroom.coordinator.core.Tally;
import dev.homeroom.coordinator.desk.Figures;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an incarnation has done so far (requirement R-S8). */
public record StatisticsJson(
        long tasksDone,
        long tasksFailed,

        @Schema(description = "Of those that ended; absent before the first.") @Nullable
        Duration meanTaskDuration,

        @Schema(description = "Since it registered, until its end.")
        Duration uptime,

        @Schema(description = "Figures it reported, each the sum since it registered.")
        Map<String, Double> usage) {
    static StatisticsJson of(SessionView view) {
        Tally tally = view.tally();
        return new StatisticsJson(
                tally.done(),
                tally.failed(),
                tally.done() + tally.failed() == 0 ? null : Duration.ofMillis(Figures.meanTaskMillis(tally)),
                Duration.ofMillis(Figures.uptimeMillis(view)),
                tally.usage());
    }
}
