package dev.homeroom.metrics.query;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Answers questions from what is stored. Every list has at most {@code limit} rows, begins after {@code after}, and has a fixed
 * order, so pages neither repeat nor miss a row that stays. Safe for any thread; every answer has a time limit.
 */
public interface QueryBook {
    /** Figures of one classroom by bucket, app and skill, in this order. */
    Uni<List<Rows.Rollup>> rollups(Question question, Bucket bucket);

    /** Figures of students by bucket, classroom, student, app and skill, in this order; hours or days. */
    Uni<List<Rows.StudentRollup>> students(Question question, Bucket bucket);

    /** Episodes that began in the time, latest first; those that were retracted only when asked for. */
    Uni<List<Rows.Episode>> episodes(Question question);

    /** Suspicions about elements of apps that began in the time, latest first; those retracted only when asked for. */
    Uni<List<Rows.Suspect>> suspects(Question question);

    /** The events of one student in one classroom, in the order of the time they count for. */
    Uni<List<Rows.Event>> events(Question question);

    /** Where students of one classroom struggle, by app and skill: where most do, first. */
    Uni<List<Rows.Struggle>> struggle(Question question);

    /** How one classroom stands now. */
    Uni<Rows.Snapshot> snapshot(String classroom);
}
