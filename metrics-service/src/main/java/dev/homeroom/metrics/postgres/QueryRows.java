package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.query.Rows;
import io.vertx.mutiny.sqlclient.Row;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of the database as rows of the answers. */
final class QueryRows {
    private QueryRows() {}

    static Rows.Rollup rollup(Row row) {
        return new Rows.Rollup(
                row.getString("classroom"),
                instant(row, "start"),
                row.getString("app"),
                row.getString("skill"),
                row.getLong("events"),
                row.getLong("errors"),
                row.getLong("attempts"),
                row.getLong("successes"),
                row.getLong("hints"),
                rate(row));
    }

    static Rows.StudentRollup studentRollup(Row row) {
        return new Rows.StudentRollup(
                row.getString("classroom"),
                instant(row, "start"),
                row.getString("student"),
                row.getString("app"),
                row.getString("skill"),
                row.getLong("events"),
                row.getLong("errors"),
                row.getLong("attempts"),
                row.getLong("successes"),
                row.getLong("hints"),
                rate(row));
    }

    static Rows.Episode episode(Row row) {
        @Nullable OffsetDateTime until = row.getOffsetDateTime("ended_at");
        return new Rows.Episode(
                row.getUUID("id").toString(),
                row.getString("classroom"),
                row.getString("student"),
                row.getString("app"),
                row.getString("detector"),
                row.getString("level"),
                row.getDouble("score"),
                row.getString("status"),
                row.getString("target"),
                row.getString("skill"),
                instant(row, "started_at"),
                until == null ? null : until.toInstant(),
                json(row.getString("evidence")));
    }

    static Rows.Suspect suspect(Row row) {
        @Nullable OffsetDateTime until = row.getOffsetDateTime("ended_at");
        return new Rows.Suspect(
                row.getUUID("id").toString(),
                row.getString("app"),
                row.getString("target"),
                row.getString("level"),
                row.getDouble("score"),
                row.getString("status"),
                row.getInteger("students"),
                row.getInteger("classrooms"),
                instant(row, "started_at"),
                until == null ? null : until.toInstant(),
                json(row.getString("evidence")));
    }

    static Rows.Event event(Row row) {
        @Nullable String context = row.getString("context");
        return new Rows.Event(
                row.getUUID("id").toString(),
                row.getString("classroom"),
                row.getString("student"),
                row.getString("app"),
                row.getString("type"),
                row.getString("target"),
                row.getString("skill"),
                row.getString("outcome"),
                row.getDouble("value"),
                row.getString("unit"),
                instant(row, "occurred_at"),
                instant(row, "at"),
                instant(row, "received_at"),
                context == null ? null : json(context));
    }

    static Rows.Struggle struggle(Row row) {
        return new Rows.Struggle(
                row.getString("app"),
                row.getString("skill"),
                row.getLong("students"),
                row.getLong("struggling"),
                row.getLong("episodes"),
                row.getLong("severe"),
                row.getLong("events"),
                row.getLong("errors"),
                row.getLong("attempts"),
                row.getLong("successes"),
                row.getLong("hints"),
                rate(row));
    }

    static Rows.Snapshot snapshot(String classroom, Row row) {
        return new Rows.Snapshot(
                classroom,
                instant(row, "asked"),
                count(row, "students"),
                count(row, "events"),
                count(row, "errors"),
                count(row, "attempts"),
                count(row, "successes"),
                count(row, "hints"),
                row.getDouble("success_rate"),
                count(row, "struggling"),
                count(row, "open_episodes"),
                count(row, "low"),
                count(row, "medium"),
                count(row, "high"),
                count(row, "critical"));
    }

    private static long count(Row row, String column) {
        @Nullable Long count = row.getLong(column);
        return count == null ? 0 : count;
    }

    private static @Nullable Double rate(Row row) {
        long attempts = row.getLong("attempts");
        return attempts == 0 ? null : (double) row.getLong("successes") / attempts;
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static JsonNode json(String text) {
        try {
            return EventJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
