package dev.homeroom.queue.http;

import dev.homeroom.queue.lesson.LessonDesk;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A lesson in an answer; see {@link dev.homeroom.queue.core.lesson.Lesson} for the fields. */
@Schema(description = "A lesson and how far it is.")
public record LessonView(
        String name,
        @Nullable String title,
        @Nullable String objective,
        @Nullable String description,
        double weight,
        Instant createdAt,
        Instant updatedAt,
        int version,
        ProgressView progress) {
    static LessonView of(LessonDesk.Standing standing) {
        var lesson = standing.lesson();
        var content = lesson.content();
        return new LessonView(
                lesson.name(),
                content.title(),
                content.objective(),
                content.description(),
                content.weight(),
                lesson.createdAt(),
                lesson.updatedAt(),
                lesson.version(),
                ProgressView.of(standing.progress()));
    }
}
