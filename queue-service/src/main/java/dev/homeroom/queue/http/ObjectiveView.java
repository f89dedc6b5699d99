package dev.homeroom.queue.http;

import dev.homeroom.queue.core.lesson.ObjectiveProgress;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A learning objective in an answer. */
@Schema(description = "The lessons of a learning objective together; without objective: those that have none.")
public record ObjectiveView(@Nullable String objective, long lessons, ProgressView progress) {
    static ObjectiveView of(ObjectiveProgress group) {
        return new ObjectiveView(group.objective(), group.lessons(), ProgressView.of(group.progress()));
    }
}
