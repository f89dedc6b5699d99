package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.lesson.Lesson;
import dev.homeroom.queue.core.lesson.LessonContent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code queue.lesson}, for Hibernate; everybody else has {@link Lesson}. */
@Entity(name = "Lesson")
@Table(schema = "queue", name = "lesson")
public class LessonRow {
    @Id
    String name = "";

    @Nullable
    String title;

    /** Empty: none. */
    @Column(nullable = false)
    String objective = "";

    @Nullable
    String description;

    double weight;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at", nullable = false)
    Instant updatedAt = Instant.EPOCH;

    /** Raised by Hibernate with each update, which fails when somebody else was faster. */
    @Version
    int version = 1;

    /** For Hibernate. */
    protected LessonRow() {}

    static LessonRow of(String name, LessonContent content, Instant now) {
        var row = new LessonRow();
        row.name = name;
        row.createdAt = now;
        row.set(content, now);
        return row;
    }

    /** Nothing changes, not even the version, if that is its content already. */
    void set(LessonContent content, Instant now) {
        if (content.equals(content())) {
            return;
        }
        title = content.title();
        objective = content.objective() == null ? "" : content.objective();
        description = content.description();
        weight = content.weight();
        updatedAt = now;
    }

    Lesson lesson() {
        return new Lesson(name, content(), createdAt, updatedAt, version);
    }

    LessonContent content() {
        return new LessonContent(title, objective.isEmpty() ? null : objective, description, weight);
    }
}
