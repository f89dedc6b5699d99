package dev.homeroom.dashboard.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.homeroom.dashboard.core.AlertState;
import dev.homeroom.dashboard.core.AlertStatus;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.EpisodeStatus;
import dev.homeroom.dashboard.core.Face;
import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.StudentAlerts;
import dev.homeroom.dashboard.core.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads alerts and episodes: rows to the core's records. */
@ApplicationScoped
public class AlertRows {
    static final String EPISODE_COLUMNS =
            "alert, id, revision, status, student, app, detector, target, level, started_at,"
                    + " ended_at, evidence::text AS evidence, caused_at";

    /** The active alerts of the students, the ones closed last, and those that hold one of the episodes. */
    private static final String RELEVANT = """
            SELECT id, student, seq, status, app, detector, target, level, seen_level, evidence::text AS evidence, episodes,
                   raised_at, snoozed_until, closed_at, reason
            FROM dashboard.alert
            WHERE id IN (
                SELECT id FROM dashboard.alert WHERE classroom = $1 AND student = ANY($2) AND closed_at IS NULL
                UNION
                SELECT last.id FROM unnest($2::text[]) AS s(student), LATERAL (
                    SELECT id FROM dashboard.alert a
                    WHERE a.classroom = $1 AND a.student = s.student AND a.closed_at IS NOT NULL
                        AND a.reason IS DISTINCT FROM 'retracted'
                    ORDER BY closed_at DESC LIMIT 1) AS last
                UNION
                SELECT alert FROM dashboard.alert_episode WHERE classroom = $1 AND id = ANY($3) AND alert IS NOT NULL
                UNION
                SELECT unnest($4::uuid[]))
            """;

    private static final String EPISODES = "SELECT " + EPISODE_COLUMNS
            + " FROM dashboard.alert_episode WHERE alert = ANY($1) OR (classroom = $2 AND id = ANY($3))"
            + " OR (classroom = $2 AND student = ANY($4) AND alert IS NULL AND status = 'open')";

    private final ObjectMapper json;

    /** Takes the mapper of the service. */
    AlertRows(ObjectMapper json) {
        this.json = json;
    }

    /** What decisions about these students, episodes and alerts need, by student. */
    Uni<Map<String, StudentAlerts>> load(
            SqlConnection connection, String classroom, Set<String> students, Set<String> episodes, Set<UUID> alerts) {
        var wanted = Tuple.of(classroom, array(students), array(episodes), alerts.toArray(UUID[]::new));
        return connection
                .preparedQuery(RELEVANT)
                .execute(wanted)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .flatMap(alertRows -> {
                    var ids = alertRows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
                    return connection
                            .preparedQuery(EPISODES)
                            .execute(Tuple.of(ids, classroom, array(episodes), array(students)))
                            .map(rows -> assemble(classroom, students, alertRows, rows));
                });
    }

    private Map<String, StudentAlerts> assemble(
            String classroom, Set<String> students, List<Row> alertRows, Iterable<Row> episodeRows) {
        var held = new HashMap<UUID, Map<String, Episode>>();
        var quiet = new HashMap<String, Map<String, Episode>>();
        for (var row : episodeRows) {
            var episode = episode(row);
            var alert = row.getUUID("alert");
            var home = alert == null
                    ? quiet.computeIfAbsent(episode.student(), _ -> new HashMap<>())
                    : held.computeIfAbsent(alert, _ -> new HashMap<>());
            home.put(episode.id(), episode);
        }
        var alerts = new HashMap<String, List<AlertState>>();
        for (var row : alertRows) {
            var alert = alert(classroom, row, held.getOrDefault(row.getUUID("id"), Map.of()));
            alerts.computeIfAbsent(alert.student(), _ -> new ArrayList<>()).add(alert);
        }
        var all = new LinkedHashMap<String, StudentAlerts>();
        var names = new TreeSet<>(students);
        names.addAll(alerts.keySet());
        for (var student : names) {
            all.put(
                    student,
                    new StudentAlerts(
                            classroom,
                            student,
                            alerts.getOrDefault(student, List.of()),
                            quiet.getOrDefault(student, Map.of()),
                            null));
        }
        return all;
    }

    private AlertState alert(String classroom, Row row, Map<String, Episode> episodes) {
        return new AlertState(
                row.getUUID("id").toString(),
                classroom,
                row.getString("student"),
                AlertStatus.of(row.getString("status")),
                instant(row, "raised_at"),
                optionalInstant(row, "snoozed_until"),
                optionalInstant(row, "closed_at"),
                row.getString("reason"),
                Level.of(row.getString("seen_level")),
                face(row),
                episodes);
    }

    /** What the alert in this row says. */
    Face face(Row row) {
        return new Face(
                row.getString("app"),
                row.getString("detector"),
                row.getString("target"),
                Level.of(row.getString("level")),
                trace(row.getString("evidence")),
                row.getInteger("episodes"));
    }

    /** The episode in this row. */
    Episode episode(Row row) {
        return new Episode(
                row.getString("id"),
                row.getLong("revision"),
                EpisodeStatus.of(row.getString("status")),
                row.getString("student"),
                row.getString("app"),
                row.getString("detector"),
                row.getString("target"),
                Level.of(row.getString("level")),
                instant(row, "started_at"),
                optionalInstant(row, "ended_at"),
                trace(row.getString("evidence")),
                instant(row, "caused_at"));
    }

    Trace trace(String text) {
        return read(text, Trace.class);
    }

    <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static @Nullable Instant optionalInstant(Row row, String column) {
        var at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
