package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.Folding;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Writes a slice of a partition in one transaction: first the offset, by which a paused or replaced consumer is fenced
 * off, then the events, the states, the episodes with their changes for Kafka, the figures. Safe to use from several threads.
 */
@Singleton
public final class PostgresFoldStore implements FoldStore {
    /**
     * Classes of SQLSTATE that say that the data are to blame: cardinality, data exception, integrity, program limit. All
     * others (connection, serialization, resources, a missing table …) may be different at the next try.
     */
    private static final Set<String> DATA_TO_BLAME = Set.of("21", "22", "23", "54");

    private static final Logger LOG = Logger.getLogger(PostgresFoldStore.class);

    private final DataSource database;
    private final EventTable events;
    private final PeerTables peers = new PeerTables();
    private final StateTable states = new StateTable(new StateCodec());
    private final RuleReader tunings;
    private final EpisodeTable episodes;
    private final EpisodeOutbox outbox;
    private final Suppression suppression;

    /** A store whose secret of erasures is in the database. */
    public PostgresFoldStore(DataSource database, TunedRules.Basis rules, SuspectRules suspects, Clock clock) {
        this(database, rules, suspects, clock, Optional.empty());
    }

    /**
     * A store in {@code database}, with these rules where nothing is tuned; {@code suspects} tells whom to quiet, and by
     * {@code secret} it knows whom to forget.
     */
    @Inject
    public PostgresFoldStore(
            DataSource database,
            TunedRules.Basis rules,
            SuspectRules suspects,
            Clock clock,
            @ConfigProperty(name = "homeroom.erasure.key") Optional<String> secret) {
        this.database = database;
        this.suppression = new Suppression(secret);
        this.events = new EventTable(clock);
        this.outbox = new EpisodeOutbox(new Outbox(clock));
        this.episodes = new EpisodeTable(suspects);
        this.tunings = new RuleReader(rules);
    }

    @Override
    public Position position(String topic, int partition, String topicId, long earliest) {
        return reading(connection -> OffsetTable.open(connection, topic, partition, new Position(earliest, topicId)));
    }

    @Override
    public boolean skip(String topic, int partition, Position position, Position to, String reason) {
        return reading(connection -> {
            connection.setAutoCommit(false);
            boolean skipped = OffsetTable.skip(connection, topic, partition, position, to, reason);
            connection.commit();
            return skipped;
        });
    }

    @Override
    public List<Student> silent(int partition, Instant now, int limit) {
        return reading(connection -> states.silent(connection, partition, now, limit));
    }

    @Override
    public Result commit(Slice slice, Folding folding) {
        try (Connection connection = database.getConnection()) {
            events.prepare(connection, slice.events());
            return inTransaction(connection, slice, folding);
        } catch (SQLException e) {
            return failed(e);
        } catch (StateCodec.UnreadableStateException e) {
            // The partition waits, visibly, for a build that can read it.
            return new Unavailable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A slice cannot be folded; the records to blame are looked for", e);
            return new Refused("folding failed: " + e);
        }
    }

    /** A pool may commit what is left open when a connection is returned: so every way out that is no commit rolls back. */
    private Result inTransaction(Connection connection, Slice slice, Folding folding) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            Result result = write(connection, slice, folding);
            if (result instanceof Committed) {
                connection.commit();
                committed = true;
            }
            return result;
        } finally {
            if (!committed) {
                connection.rollback();
            }
        }
    }

    private Result write(Connection connection, Slice slice, Folding folding) throws SQLException {
        if (!OffsetTable.move(connection, slice)) {
            return new Fenced();
        }
        Suppression.Said said = suppression.among(connection, students(slice.events()));
        List<TakenEvent> wanted = slice.events().stream()
                .filter(taken -> !said.students().contains(taken.student().id()))
                .toList();
        List<TakenEvent> fresh = peers.beside(connection, events.insert(connection, wanted));
        Rulebook rules = tunings.current(connection);
        Map<Student, StudentState> loaded = states.load(connection, folding.missing(fresh, rules), rules);
        Folding.Folded folded = folding.fold(fresh, loaded, rules);
        if (slice.events().isEmpty()) {
            // Silence: whose it is, is known only now.
            folded = folded.without(
                    suppression.among(connection, students(folded)).students());
        }
        states.save(connection, slice.partition(), folded.states());
        outbox.append(connection, folded.revisions(), episodes.save(connection, folded.revisions()));
        ShadowTable.save(connection, folded.shadows());
        RollupTables.add(connection, folded.rollup());
        return new Committed(folded, fresh.size(), said.number());
    }

    private static Set<String> students(List<TakenEvent> events) {
        return events.stream().map(taken -> taken.student().id()).collect(Collectors.toSet());
    }

    private static Set<String> students(Folding.Folded folded) {
        return folded.states().keySet().stream().map(Student::id).collect(Collectors.toSet());
    }

    private static Result failed(SQLException e) {
        String state = e.getSQLState();
        // The lines behind the first quote the data: they belong into no log.
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String reason = "%s (SQLSTATE %s)".formatted(message, state);
        boolean refused = state != null && state.length() == 5 && DATA_TO_BLAME.contains(state.substring(0, 2));
        return refused ? new Refused(reason) : new Unavailable(reason);
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T reading(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
        }
    }
}
