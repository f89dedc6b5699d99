package dev.homeroom.queue.core.lesson;

import java.time.Instant;

/**
 * A lesson as it is now.
 *
 * @param name what tasks call it by
 * @param content what people say of it
 * @param createdAt when it came to be: by request, or with the first task that named it
 * @param updatedAt when its content changed last
 * @param version 1, and one more with every change of the content
 */
public record Lesson(String name, LessonContent content, Instant createdAt, Instant updatedAt, int version) {}
