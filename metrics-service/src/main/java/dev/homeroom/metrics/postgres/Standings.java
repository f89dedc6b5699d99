package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.level.SignalWeights;
import dev.homeroom.metrics.core.level.Standing;
import dev.homeroom.metrics.core.level.Standing.Lasting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How students stand, as changes of their episodes say it. */
final class Standings {
    /** As the view metrics.student_level counts them. */
    private static final String OPEN = """
            SELECT classroom, student, detector, score, started_at
            FROM unnest(?, ?) AS wanted (classroom, student)
            JOIN metrics.episode USING (classroom, student)
            WHERE status = 'open' AND suspect IS NULL
            """;

    private static final String NOW = "SELECT now()";

    private Standings() {}

    /** After that revision, when it was caused; {@code explained} episodes do not count. */
    static dev.homeroom.contracts.frustration.Standing of(EpisodeRevision revision, Set<UUID> explained) {
        List<Lasting> open = revision.open().stream()
                .filter(episode -> !explained.contains(episode.id()))
                .map(Standings::lasting)
                .toList();
        return told(Standing.of(open, revision.causedAt()));
    }

    /** The changes, saying how their students stand now, by what is stored: for changes that no event caused. */
    static List<EpisodeChange> beside(Connection connection, List<EpisodeChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return changes;
        }
        Set<Student> students = new LinkedHashSet<>();
        changes.forEach(change -> students.add(student(change)));
        Instant now = now(connection);
        Map<Student, List<Lasting>> open = open(connection, students);
        return changes.stream()
                .map(change -> change.with(told(Standing.of(open.getOrDefault(student(change), List.of()), now))))
                .toList();
    }

    private static Map<Student, List<Lasting>> open(Connection connection, Set<Student> students) throws SQLException {
        Map<Student, List<Lasting>> open = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(OPEN)) {
            new Columns<>(query, 1, students).column("text", Student::classroom).column("text", Student::id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    open.computeIfAbsent(new Student(row.getString(1), row.getString(2)), _ -> new ArrayList<>())
                            .add(new Lasting(
                                    row.getDouble(4),
                                    SignalWeights.of(row.getString(3)),
                                    SuspectTable.instant(row, 5)));
                }
            }
        }
        return open;
    }

    /** Of the transaction, as the views see it. */
    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NOW);
                ResultSet row = query.executeQuery()) {
            row.next();
            return SuspectTable.instant(row, 1);
        }
    }

    private static Student student(EpisodeChange change) {
        return new Student(change.classroom(), change.student());
    }

    private static Lasting lasting(Episode episode) {
        return new Lasting(episode.score(), SignalWeights.of(episode.detector()), episode.startedAt());
    }

    private static dev.homeroom.contracts.frustration.Standing told(Standing standing) {
        return new dev.homeroom.contracts.frustration.Standing(
                standing.level().word(),
                standing.rises().stream()
                        .map(rise -> new dev.homeroom.contracts.frustration.Standing.Rise(
                                rise.at(), rise.level().word()))
                        .toList());
    }
}
