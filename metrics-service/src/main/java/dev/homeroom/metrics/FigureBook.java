package dev.homeroom.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Figures of classrooms and students as they are stored. Safe for any thread; every answer has a time limit. */
public interface FigureBook {
    /**
     * Figures of a classroom.
     *
     * @param from inclusive
     * @param to exclusive
     * @param bucket whole minutes
     */
    Uni<ClassroomFigures> classroom(String classroom, Instant from, Instant to, Duration bucket);

    /** Episodes of a student, latest first, within these classrooms; with {@code everywhere} in all. */
    Uni<StudentFigures> student(String student, Set<String> classrooms, boolean everywhere);

    /**
     * A classroom in a time.
     *
     * @param buckets those in which something happened, in order
     * @param students those who were active, the most frustrated first; at most 500
     */
    record ClassroomFigures(String classroom, List<Bucket> buckets, List<StudentRow> students) {}

    /**
     * A stretch of time.
     *
     * @param students active in it
     * @param successRate successes by attempts; null without attempts
     * @param struggling students with an episode in it
     */
    record Bucket(
            Instant start,
            long events,
            long students,
            long errors,
            long attempts,
            long successes,
            long hints,
            @Nullable Double successRate,
            long struggling) {}

    /**
     * A student in that time.
     *
     * @param level of all open episodes together, see {@link dev.homeroom.metrics.core.level.StudentLevel}, without a level
     *     before; {@code none} without one
     * @param score how strong they are together, 0 to 1
     * @param lastActivity the last minute with an event
     */
    record StudentRow(
            String student,
            String level,
            double score,
            Instant lastActivity,
            long events,
            long errors,
            long attempts,
            long successes) {}

    /**
     * How frustrated a student is.
     *
     * @param level of all open episodes together, see {@link dev.homeroom.metrics.core.level.StudentLevel}, without a level
     *     before, in the classroom where they are strongest; {@code none} without one
     * @param score how strong they are together, 0 to 1
     * @param episodes latest first, at most 100
     */
    record StudentFigures(String student, String level, double score, List<EpisodeRow> episodes) {}

    /** An episode; {@code until} is null while it is open, {@code suspect} is the suspicion of the app that explains it. */
    record EpisodeRow(
            String id,
            String classroom,
            String app,
            String detector,
            String level,
            double score,
            String status,
            @Nullable String target,
            @Nullable String skill,
            Instant since,
            @Nullable Instant until,
            JsonNode evidence,
            @Nullable String suspect) {}
}
