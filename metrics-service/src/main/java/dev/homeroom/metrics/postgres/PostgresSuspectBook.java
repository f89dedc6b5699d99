package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.contracts.frustration.SuspectChange;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.core.suspect.ElementDay;
import dev.homeroom.metrics.core.suspect.Sighting;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import dev.homeroom.metrics.core.suspect.Suspecting;
import dev.homeroom.metrics.core.suspect.Suspicion;
import dev.homeroom.metrics.suspect.SuspectBook;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Suspicions in PostgreSQL. The rows of the episodes are the truth; an advisory lock for each element lets one look
 * follow the other.
 */
@Singleton
public final class PostgresSuspectBook implements SuspectBook {
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(? || chr(31) || ?, 7))";

    private final DataSource database;
    private final SuspectRules rules;
    private final Suspecting suspecting;
    private final Outbox outbox;

    /** In {@code database}, by these rules. */
    @Inject
    public PostgresSuspectBook(DataSource database, SuspectRules rules, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.suspecting = new Suspecting(rules);
        this.outbox = new Outbox(clock);
    }

    @Override
    public Reviewed review(ElementDay element, Instant now) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                Reviewed reviewed = review(connection, element, now);
                connection.commit();
                done = true;
                return reviewed;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<ElementDay> due(Instant now, int limit) {
        try (Connection connection = database.getConnection()) {
            return SuspectTable.due(connection, now, limit);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private Reviewed review(Connection connection, ElementDay element, Instant now) throws SQLException {
        lock(connection, element);
        List<MarkedEpisodes.Marked> episodes = MarkedEpisodes.of(connection, element, rules);
        List<Sighting> sightings =
                episodes.stream().map(MarkedEpisodes.Marked::sighting).toList();
        List<Suspicion> suspicions = suspecting.of(element, sightings, new ElementActivity(connection, element), now);
        int revisions = tell(connection, element, suspicions);
        List<EpisodeChange> marks = MarkedEpisodes.mark(connection, moved(episodes, suspicions));
        List<Outbox.Entry> entries = new ArrayList<>();
        marks.forEach(change ->
                entries.add(new Outbox.Entry(change.classroom(), change.id() + ":" + change.revision(), change)));
        outbox.append(connection, EventType.EPISODE_CHANGED, entries);
        return new Reviewed(revisions, marks.size());
    }

    private static void lock(Connection connection, ElementDay element) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, element.app());
            lock.setString(2, element.target());
            lock.execute();
        }
    }

    /** Stores the suspicions and appends what is news of them. */
    private int tell(Connection connection, ElementDay element, List<Suspicion> suspicions) throws SQLException {
        Map<UUID, SuspectTable.Told> before = SuspectTable.stored(connection, element);
        List<Outbox.Entry> entries = new ArrayList<>();
        for (Suspicion suspicion : suspicions) {
            SuspectTable.Told told = SuspectTable.Told.of(suspicion);
            SuspectTable.Told stored = before.remove(suspicion.id());
            boolean news = stored == null || !stored.says(told);
            long revision = SuspectTable.save(connection, element, suspicion, news);
            if (news) {
                entries.add(entry(element, told.at(revision, told.status())));
            }
        }
        // What is left was told, and is not there any more: in hindsight the sightings were others.
        for (SuspectTable.Told gone : before.values()) {
            entries.add(entry(element, gone.at(SuspectTable.retract(connection, gone.id()), "retracted")));
        }
        outbox.append(connection, EventType.SUSPECT_CHANGED, entries);
        return entries.size();
    }

    private static Outbox.Entry entry(ElementDay element, SuspectTable.Told told) {
        SuspectChange change = new SuspectChange(
                told.id().toString(),
                told.revision(),
                told.status(),
                element.app(),
                SuspectRules.DETECTOR,
                element.target(),
                told.level(),
                told.score(),
                told.students(),
                told.classrooms(),
                told.startedAt(),
                told.endedAt(),
                told.evidence());
        return new Outbox.Entry(element.app(), change.id() + ":" + change.revision(), change);
    }

    /** The episodes that are explained otherwise than they are marked. */
    private static Map<UUID, @Nullable UUID> moved(List<MarkedEpisodes.Marked> episodes, List<Suspicion> suspicions) {
        Map<UUID, UUID> explained = new HashMap<>();
        suspicions.forEach(each -> each.members().forEach(member -> explained.put(member, each.id())));
        Map<UUID, @Nullable UUID> moved = new LinkedHashMap<>();
        for (MarkedEpisodes.Marked one : episodes) {
            UUID wanted = explained.get(one.sighting().episode());
            if (!Objects.equals(wanted, one.suspect())) {
                moved.put(one.sighting().episode(), wanted);
            }
        }
        return moved;
    }

    private static StoreUnavailableException unavailable(SQLException e) {
        return new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
    }
}
