package dev.homeroom.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the tables say, read from outside; a new connection each time, because the server may have been restarted. */
final class Database {
    private interface Read<T> {
        T from(ResultSet rows) throws SQLException;
    }

    private final String jdbcUrl;
    private final String user;
    private final String password;

    Database(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    long countEvents(String classroom) {
        return number("select count(*) from metrics.event where classroom = ?", classroom);
    }

    long rolledUpEvents(String classroom) {
        return number("select coalesce(sum(events), 0) from metrics.minute_rollup where classroom = ?", classroom);
    }

    List<String> eventIds(String classroom) {
        return query("select id from metrics.event where classroom = ?", Database::strings, classroom);
    }

    /** Open episodes that no alert tells of yet. */
    long unfinishedEpisodeRelay() {
        return number("""
                select count(*) from metrics.episode e
                where e.status = 'open'
                  and not exists (select 1 from dashboard.alert a
                                  where a.classroom = e.classroom and a.student = e.student)""");
    }

    long lastAlertSeq(String classroom) {
        return number("select coalesce(max(seq), 0) from dashboard.alert_change where classroom = ?", classroom);
    }

    long alertedStudents(String classroom) {
        return number("select count(distinct student) from dashboard.alert where classroom = ?", classroom);
    }

    long receipt(String classroom, String device) {
        return number(
                "select coalesce(max(seq), 0) from metrics.stream_receipt where classroom = ? and device = ?",
                classroom,
                device);
    }

    private static List<String> strings(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            all.add(rows.getString(1));
        }
        return all;
    }

    private long number(String sql, Object... parameters) {
        return query(
                sql,
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                },
                parameters);
    }

    private <T> T query(String sql, Read<T> read, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read.from(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
