package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.tuning.TuningJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold in a transaction: read again when their version has moved. Safe to use from several threads, which may
 * read the same version twice.
 */
final class RuleReader {
    private static final Logger LOG = Logger.getLogger(RuleReader.class);

    private static final String VERSION = "SELECT version FROM metrics.tuning_version";

    /** One statement, so that the version belongs to the rows. */
    private static final String ALL = """
            SELECT v.version, t.classroom, t.app, t.mode, t.version, t.tuning
            FROM metrics.tuning_version v LEFT JOIN metrics.tuning t ON true
            """;

    private final TunedRules.Basis basis;
    private volatile @Nullable TunedRules known;

    RuleReader(TunedRules.Basis basis) {
        this.basis = basis;
    }

    Rulebook current(Connection connection) throws SQLException {
        TunedRules before = known;
        if (before != null && before.version() == version(connection)) {
            return before;
        }
        TunedRules now = read(connection);
        known = now;
        return now;
    }

    /** What is live now, with only this tuning on trial. */
    Rulebook rehearsing(Connection connection, TunedRules.Scope scope, Tuning tuning) throws SQLException {
        return read(connection).trying(scope, tuning);
    }

    private static long version(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(VERSION);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private TunedRules read(Connection connection) throws SQLException {
        long version = 0;
        Map<TunedRules.Scope, Tuning> live = new HashMap<>();
        Map<TunedRules.Scope, TunedRules.Candidate> trials = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(ALL);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                version = rows.getLong(1);
                String classroom = rows.getString(2);
                Tuning tuning = classroom == null ? null : tuning(rows.getString(6));
                if (tuning != null) {
                    TunedRules.Scope scope = new TunedRules.Scope(classroom, rows.getString(3));
                    if (rows.getString(4).equals("live")) {
                        live.put(scope, tuning);
                    } else {
                        trials.put(scope, new TunedRules.Candidate(rows.getLong(5), tuning));
                    }
                }
            }
        }
        return new TunedRules(version, basis, live, trials);
    }

    /** A tuning of a later build may name what this one does not know: it is left out, and the fold goes on. */
    static @Nullable Tuning tuning(String json) {
        try {
            return TuningJson.read(EventJson.mapper().readTree(json));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            LOG.warnf("A tuning is left out: %s", e.getMessage());
            return null;
        }
    }
}
