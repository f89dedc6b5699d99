package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Peers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the classes' work on exercises: {@code metrics.peer_day} and {@code metrics.peer_figures}. A day's figures are
 * computed by the first transaction that asks for them and read by all later ones, so every replica, at every try, compares with
 * the same. Safe to use from several threads.
 */
final class PeerTables {
    private static final Logger LOG = Logger.getLogger(PeerTables.class);

    /** What making the figures of a day may take. The transaction waits for it: a day that takes longer has none. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Days that a transaction makes one after the other wait for each other: in all, this many limits. */
    private static final int LIMITS = 5;

    private static final String CANCELLED = "57014";

    /** Days kept in memory. */
    private static final int CAPACITY = 2_000;

    private static final String OPEN = """
            INSERT INTO metrics.peer_day (classroom, app, day)
            SELECT DISTINCT classroom, app, day FROM unnest(?, ?, ?) AS new (classroom, app, day)
            ON CONFLICT DO NOTHING
            RETURNING classroom, app, day
            """;

    /** Of an app that names exercises without end those count on which most have worked. */
    private static final String FIGURES = """
            SELECT new.classroom, new.app, new.day, of_day.*
            FROM unnest(?, ?, ?) AS new (classroom, app, day)
            CROSS JOIN LATERAL (
                SELECT * FROM metrics.peers_of_day(
                    new.classroom, new.app, (new.day::timestamp AT TIME ZONE 'UTC') - INTERVAL '1 hour', 200000)
                ORDER BY started DESC, target
                LIMIT 1000) of_day
            """;

    private static final String COMPUTE =
            "INSERT INTO metrics.peer_figures (classroom, app, day, target, started, solved, slow_ms)\n" + FIGURES;

    private static final String WHAT_IF = FIGURES + """
            WHERE NOT EXISTS (
                SELECT FROM metrics.peer_day old
                WHERE old.classroom = new.classroom AND old.app = new.app AND old.day = new.day)
            """;

    private static final String READ = """
            SELECT classroom, app, day, target, started, solved, slow_ms
            FROM unnest(?, ?, ?) AS asked (classroom, app, day)
            JOIN metrics.peer_figures USING (classroom, app, day)
            """;

    private final Map<Day, Map<String, Peers>> memory = new LinkedHashMap<>(64, 0.75f, true);
    private final boolean writes;
    private final Duration limit;

    /** For the fold: the figures of a day are written when they are first asked for. */
    PeerTables() {
        this(true, LIMIT);
    }

    /** With another limit. */
    PeerTables(boolean writes, Duration limit) {
        this.writes = writes;
        this.limit = limit;
    }

    /** For one look at the past: writes nothing, so the fold never waits for it; figures that are not there are made in passing. */
    static PeerTables lookingBack() {
        return new PeerTables(false, LIMIT);
    }

    private record Day(String classroom, String app, LocalDate day) {
        static Day of(TakenEvent taken) {
            LocalDate day = taken.observed().at().atOffset(ZoneOffset.UTC).toLocalDate();
            return new Day(taken.event().classroom(), taken.event().app(), day);
        }
    }

    /** The same events; those that are to be compared with the class carry what is known of it. */
    List<TakenEvent> beside(Connection connection, List<TakenEvent> fresh) throws SQLException {
        Set<Day> days = new HashSet<>();
        fresh.stream().filter(PeerTables::compared).forEach(taken -> days.add(Day.of(taken)));
        if (days.isEmpty()) {
            return fresh;
        }
        Map<Day, Map<String, Peers>> known = known(connection, days);
        return fresh.stream().map(taken -> beside(taken, known)).toList();
    }

    private static boolean compared(TakenEvent taken) {
        Observed event = taken.observed();
        return event.judged() && !event.succeeded() && event.target() != null;
    }

    private static TakenEvent beside(TakenEvent taken, Map<Day, Map<String, Peers>> known) {
        if (!compared(taken)) {
            return taken;
        }
        Peers peers = known.getOrDefault(Day.of(taken), Map.of())
                .get(String.valueOf(taken.observed().target()));
        return peers == null ? taken : taken.beside(peers);
    }

    private Map<Day, Map<String, Peers>> known(Connection connection, Set<Day> days) throws SQLException {
        Map<Day, Map<String, Peers>> known = new HashMap<>();
        Set<Day> unknown = new HashSet<>(days);
        synchronized (memory) {
            for (Day day : days) {
                Map<String, Peers> figures = memory.get(day);
                if (figures != null) {
                    known.put(day, figures);
                    unknown.remove(day);
                }
            }
        }
        if (!unknown.isEmpty()) {
            Set<Day> made = writes ? open(connection, unknown) : Set.of();
            Map<Day, Map<String, Peers>> read = read(connection, READ, unknown);
            if (!writes) {
                read.putAll(read(connection, WHAT_IF, unknown));
            }
            known.putAll(read);
            unknown.removeAll(made);
            // What this transaction made is remembered once it is known to be committed: at the next reading.
            remember(read, unknown);
        }
        return known;
    }

    private void remember(Map<Day, Map<String, Peers>> read, Set<Day> committed) {
        synchronized (memory) {
            committed.forEach(day -> memory.put(day, read.getOrDefault(day, Map.of())));
            while (memory.size() > CAPACITY) {
                memory.remove(memory.keySet().iterator().next());
            }
        }
    }

    /** Computes the days of which there are no figures yet, and returns them. */
    private Set<Day> open(Connection connection, Set<Day> days) throws SQLException {
        Set<Day> made = new HashSet<>();
        try (PreparedStatement open = connection.prepareStatement(OPEN)) {
            bind(open, days);
            try (ResultSet rows = open.executeQuery()) {
                while (rows.next()) {
                    made.add(day(rows));
                }
            }
        }
        long start = System.nanoTime();
        for (Day day : made) {
            if (System.nanoTime() - start > LIMITS * limit.toNanos() || !compute(connection, day)) {
                LOG.warnf(
                        "There are no figures of classroom %s, app %s, for %s: too much work",
                        day.classroom, day.app, day.day);
            }
        }
        return made;
    }

    /** Whether there are figures now; a day without them is as good for the fold, which goes on. */
    private boolean compute(Connection connection, Day day) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement limits = connection.createStatement()) {
            limits.execute("SET LOCAL statement_timeout = " + limit.toMillis());
            execute(connection, COMPUTE, Set.of(day));
            limits.execute("SET LOCAL statement_timeout TO DEFAULT");
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            if (!CANCELLED.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
    }

    private static Map<Day, Map<String, Peers>> read(Connection connection, String sql, Set<Day> days)
            throws SQLException {
        Map<Day, Map<String, Peers>> figures = new HashMap<>();
        try (PreparedStatement read = connection.prepareStatement(sql)) {
            bind(read, days);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    figures.computeIfAbsent(day(rows), _ -> new HashMap<>()).put(rows.getString(4), peers(rows));
                }
            }
        }
        return figures;
    }

    private static void execute(Connection connection, String sql, Set<Day> days) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, days);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Collection<Day> days) throws SQLException {
        new Columns<>(statement, 1, days)
                .column("text", Day::classroom)
                .column("text", Day::app)
                .column("date", Day::day);
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class));
    }

    private static Peers peers(ResultSet row) throws SQLException {
        @Nullable Long slow = row.getObject(7, Long.class);
        return new Peers(row.getInt(5), row.getInt(6), slow == null ? null : Duration.ofMillis(slow));
    }
}
