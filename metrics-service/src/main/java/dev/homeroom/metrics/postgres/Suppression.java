package dev.homeroom.metrics.postgres;

import dev.homeroom.platform.erasure.NameHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The list of students who are to be forgotten, by their keyed hashes: {@code metrics.erased_student}. Thread-safe. */
final class Suppression {
    private static final String AMONG = """
            SELECT (SELECT coalesce(max(number), 0) FROM metrics.erased_student),
                   ARRAY(SELECT encode(hash, 'hex') FROM metrics.erased_student WHERE hash = ANY (?))
            """;

    /** What the secret is known again by. */
    private static final String WORD = "homeroom.erasure.key";

    private static final String KEEP_CHECK = """
            UPDATE metrics.erasure_key SET key_check = ?
            WHERE key_check IS NULL OR NOT EXISTS (SELECT FROM metrics.erased_student)
            """;

    private static final String CHECK = "SELECT key_check = ? FROM metrics.erasure_key";

    private final AtomicReference<@Nullable NameHash> hash = new AtomicReference<>();

    /** With this secret; without one, with the database's own. */
    Suppression(Optional<String> secret) {
        secret.map(NameHash::of).ifPresent(hash::set);
    }

    /**
     * What the list says.
     *
     * @param number of the latest erasure; 0 without any
     * @param students the erased ones of those asked for
     */
    record Said(long number, Set<String> students) {}

    /** Which of these students are erased. Asked in the transaction that writes about them, after its first statement. */
    Said among(Connection connection, Collection<String> students) throws SQLException {
        Map<String, String> names = new LinkedHashMap<>();
        List<String> hashes = new ArrayList<>();
        NameHash keyed = hash(connection);
        for (String student : new HashSet<>(students)) {
            String hex = HexFormat.of().formatHex(keyed.hash(student));
            names.put(hex, student);
            hashes.add("\\x" + hex);
        }
        try (PreparedStatement query = connection.prepareStatement(AMONG)) {
            query.setArray(1, connection.createArrayOf("bytea", hashes.toArray()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                Set<String> erased = new HashSet<>();
                for (Object hex : (Object[]) row.getArray(2).getArray()) {
                    erased.add(String.valueOf(names.get(String.valueOf(hex))));
                }
                return new Said(row.getLong(1), Set.copyOf(erased));
            }
        }
    }

    /** Throws an {@link IllegalStateException} where students were forgotten by another secret: it would know none of them. */
    void confirmKey(Connection connection) throws SQLException {
        byte[] check = hash(connection).hash(WORD);
        try (PreparedStatement keep = connection.prepareStatement(KEEP_CHECK);
                PreparedStatement query = connection.prepareStatement(CHECK)) {
            keep.setBytes(1, check);
            keep.executeUpdate();
            query.setBytes(1, check);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new IllegalStateException(
                            WORD + " is not the secret by which students were forgotten here: set it as it was.");
                }
            }
        }
    }

    /** The hash of this database's list. */
    NameHash hash(Connection connection) throws SQLException {
        NameHash known = hash.get();
        if (known != null) {
            return known;
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT key FROM metrics.erasure_key");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the secret of the erasures has vanished", "40001");
            }
            NameHash found = new NameHash(row.getBytes(1));
            hash.set(found);
            return found;
        }
    }
}
