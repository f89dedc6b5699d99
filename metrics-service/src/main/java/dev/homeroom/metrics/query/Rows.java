package dev.homeroom.metrics.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rows of the lists. A {@code skill} is empty where events named none; rates are null without attempts. */
public final class Rows {
    private Rows() {}

    /** A row of a list, which knows where it stands in it. */
    public interface Keyed {
        /** After this row. */
        Cursor cursor();
    }

    /** Figures of a classroom in a bucket of time, by app and skill. */
    public record Rollup(
            String classroom,
            Instant start,
            String app,
            String skill,
            long events,
            long errors,
            long attempts,
            long successes,
            long hints,
            @Nullable Double successRate)
            implements Keyed {
        @Override
        public Cursor cursor() {
            return Cursor.after(start, app, skill);
        }
    }

    /** Figures of a student in a bucket of time, by app and skill. */
    public record StudentRollup(
            String classroom,
            Instant start,
            String student,
            String app,
            String skill,
            long events,
            long errors,
            long attempts,
            long successes,
            long hints,
            @Nullable Double successRate)
            implements Keyed {
        @Override
        public Cursor cursor() {
            return Cursor.after(start, classroom, student, app, skill);
        }
    }

    /** An episode; {@code until} is null while it is open. */
    public record Episode(
            String id,
            String classroom,
            String student,
            String app,
            String detector,
            String level,
            double score,
            String status,
            @Nullable String target,
            @Nullable String skill,
            Instant since,
            @Nullable Instant until,
            JsonNode evidence)
            implements Keyed {
        @Override
        public Cursor cursor() {
            return Cursor.after(since, id);
        }
    }

    /**
     * A suspicion about an element of an app, over all classrooms; {@code until} is null while it is open.
     *
     * @param students in trouble, while it is open as many as when it reached its level
     * @param classrooms theirs
     */
    public record Suspect(
            String id,
            String app,
            String target,
            String level,
            double score,
            String status,
            int students,
            int classrooms,
            Instant since,
            @Nullable Instant until,
            JsonNode evidence)
            implements Keyed {
        @Override
        public Cursor cursor() {
            return Cursor.after(since, id);
        }
    }

    /**
     * A metric event as it was sent.
     *
     * @param at the time it counts for: {@code occurredAt} unless the app's clock ran ahead
     */
    public record Event(
            String id,
            String classroom,
            String student,
            String app,
            String type,
            @Nullable String target,
            @Nullable String skill,
            @Nullable String outcome,
            @Nullable Double value,
            @Nullable String unit,
            Instant occurredAt,
            Instant at,
            Instant receivedAt,
            @Nullable JsonNode context)
            implements Keyed {
        @Override
        public Cursor cursor() {
            return Cursor.after(at, app, id);
        }
    }

    /**
     * Where students of a classroom struggle.
     *
     * @param students active on it
     * @param struggling with an episode that began in the time
     * @param episodes that began in it
     * @param severe those that reached high or critical
     */
    public record Struggle(
            String app,
            String skill,
            long students,
            long struggling,
            long episodes,
            long severe,
            long events,
            long errors,
            long attempts,
            long successes,
            long hints,
            @Nullable Double successRate)
            implements Keyed {
        @Override
        public Cursor cursor() {
            return Cursor.after(struggling, app, skill);
        }
    }

    /**
     * How a classroom stands now; figures of the last 15 minutes.
     *
     * @param students active in them
     * @param struggling with an open episode
     * @param low students whose level is low; likewise the others
     */
    public record Snapshot(
            String classroom,
            Instant at,
            long students,
            long events,
            long errors,
            long attempts,
            long successes,
            long hints,
            @Nullable Double successRate,
            long struggling,
            long openEpisodes,
            long low,
            long medium,
            long high,
            long critical) {}
}
