package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.core.suspect.Activity;
import dev.homeroom.metrics.core.suspect.ElementDay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who had events about an element, by the stored events. Reads on only until there are enough to answer, a few hundred
 * rows of a busy element. For one look, in its transaction and thread.
 */
final class ElementActivity implements Activity {
    /**
     * Events read of one stretch of time, the earliest ones: some tens of milliseconds. Where there are more, students who came
     * later are not counted, and a suspicion is raised rather than missed.
     */
    private static final int MOST = 20_000;

    private static final int AT_ONCE = 500;

    /** Where the app's clock ran ahead an event counts for earlier than it says, at most the 14 days that the edge takes. */
    private static final String EVENTS = """
            SELECT classroom, student FROM metrics.event
            WHERE app = ? AND target = ? AND at >= ?::timestamptz AND at < ?::timestamptz
              AND occurred_at >= ?::timestamptz AND occurred_at < ?::timestamptz + INTERVAL '15 days'
            ORDER BY at, id LIMIT %d
            """.formatted(MOST);

    private final Connection connection;
    private final ElementDay element;
    private final Map<Instant, Seen> seen = new HashMap<>();

    /**
     * @param connection in a transaction: only there rows come in portions
     */
    ElementActivity(Connection connection, ElementDay element) {
        this.connection = connection;
        this.element = element;
    }

    private record Seen(Instant from, int students, boolean all) {}

    private record Person(String classroom, String student) {}

    @Override
    public boolean moreThan(int most, Instant from, Instant to) {
        @Nullable Seen known = seen.get(to);
        if (known == null || !known.from().equals(from) || (!known.all() && known.students() <= most)) {
            try {
                // Some more than asked for: the next question about this time is about a few more students.
                known = count(from, to, 2L * most + 1);
            } catch (SQLException e) {
                throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
            }
            seen.put(to, known);
        }
        return known.students() > most;
    }

    private Seen count(Instant from, Instant to, long enough) throws SQLException {
        Set<Person> persons = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
            query.setFetchSize(AT_ONCE);
            query.setString(1, element.app());
            query.setString(2, element.target());
            query.setString(3, from.toString());
            query.setString(4, to.toString());
            query.setString(5, from.toString());
            query.setString(6, to.toString());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    persons.add(new Person(row.getString(1), row.getString(2)));
                    if (persons.size() >= enough) {
                        return new Seen(from, persons.size(), false);
                    }
                }
            }
        }
        return new Seen(from, persons.size(), true);
    }
}
