package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.Folding;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fold states: {@code metrics.student_state}. */
final class StateTable {
    private static final String LOAD = """
            SELECT s.classroom, s.student, s.version, s.state
            FROM unnest(?, ?) AS wanted (classroom, student)
            JOIN metrics.student_state s USING (classroom, student)
            """;

    private static final String SAVE = """
            INSERT INTO metrics.student_state AS s (classroom, student, partition, version, state, tick_at)
            SELECT classroom, student, ?, ?, state, tick_at
            FROM unnest(?, ?, ?, ?) AS new (classroom, student, state, tick_at)
            ON CONFLICT (classroom, student) DO UPDATE
            SET partition = excluded.partition, version = excluded.version, state = excluded.state,
                tick_at = excluded.tick_at, updated_at = now()
            """;

    private static final String SILENT = """
            SELECT classroom, student FROM metrics.student_state
            WHERE partition = ? AND tick_at <= ?::timestamptz ORDER BY tick_at LIMIT ?
            """;

    private static final Comparator<Map.Entry<Student, Folding.Kept>> ORDER =
            Map.Entry.comparingByKey(Comparator.comparing(Student::classroom).thenComparing(Student::id));

    private final StateCodec codec;

    StateTable(StateCodec codec) {
        this.codec = codec;
    }

    Map<Student, StudentState> load(Connection connection, Set<Student> students, Rulebook rules) throws SQLException {
        Map<Student, StudentState> states = new HashMap<>();
        if (students.isEmpty()) {
            return states;
        }
        try (PreparedStatement query = connection.prepareStatement(LOAD)) {
            new Columns<>(query, 1, students).column("text", Student::classroom).column("text", Student::id);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Student student = new Student(rows.getString(1), rows.getString(2));
                    states.put(student, codec.read(rules, student, rows.getInt(3), rows.getBytes(4)));
                }
            }
        }
        return states;
    }

    void save(Connection connection, int partition, Map<Student, Folding.Kept> states) throws SQLException {
        if (states.isEmpty()) {
            return;
        }
        List<Map.Entry<Student, Folding.Kept>> rows =
                states.entrySet().stream().sorted(ORDER).toList();
        PackWriter writer = new PackWriter();
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setInt(1, partition);
            save.setInt(2, StateCodec.VERSION);
            new Columns<>(save, 3, rows)
                    .column("text", row -> row.getKey().classroom())
                    .column("text", row -> row.getKey().id())
                    .column("bytea", row -> codec.write(writer, row.getValue().state()))
                    .column("timestamptz", row -> row.getValue().tickAt());
            save.executeUpdate();
        }
    }

    List<Student> silent(Connection connection, int partition, Instant now, int limit) throws SQLException {
        List<Student> students = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SILENT)) {
            query.setInt(1, partition);
            query.setString(2, now.toString());
            query.setInt(3, limit);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    students.add(new Student(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return students;
    }
}
