package dev.homeroom.queue.http;

import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.lesson.LessonProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a lesson, or an objective, is. */
@Schema(description = "Counts of all tasks that were ever enqueued, exact at the time of the answer.")
public record ProgressView(
        @Schema(description = "Completed and skipped ones.") long done,

        @Schema(description = "All; the sum of byStatus.") long total,

        @Schema(description = "Pending and claimed ones.") long unfinished,

        @Schema(description = "pending, claimed, completed, skipped, failed, cancelled.")
        Map<String, Long> byStatus) {
    static ProgressView of(LessonProgress progress) {
        var byStatus = new LinkedHashMap<String, Long>();
        for (var status : TaskStatus.values()) {
            byStatus.put(status.word(), progress.count(status));
        }
        return new ProgressView(progress.done(), progress.total(), progress.unfinished(), byStatus);
    }
}
