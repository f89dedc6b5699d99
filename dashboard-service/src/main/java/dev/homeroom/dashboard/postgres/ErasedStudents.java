package dev.homeroom.dashboard.postgres;

import dev.homeroom.platform.erasure.NameHash;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The list of students who are to be forgotten, by their keyed hashes: {@code dashboard.erased_student}. */
@ApplicationScoped
public class ErasedStudents {
    private static final String AMONG = "SELECT hash FROM dashboard.erased_student WHERE hash = ANY($1)";

    private static final String ADD =
            "INSERT INTO dashboard.erased_student (hash) VALUES ($1) ON CONFLICT (hash) DO NOTHING";

    /** What the secret is known again by. */
    private static final String WORD = "homeroom.erasure.key";

    private static final String KEEP_CHECK = """
            UPDATE dashboard.erasure_key SET key_check = $1
            WHERE key_check IS NULL OR NOT EXISTS (SELECT FROM dashboard.erased_student)
            """;

    private static final String CHECK = "SELECT key_check = $1 AS same FROM dashboard.erasure_key";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Pool pool;
    private final AtomicReference<@Nullable NameHash> known = new AtomicReference<>();

    /** Takes the pool; the secret is the setting's or, without one, the database's. */
    ErasedStudents(Pool pool, @ConfigProperty(name = "homeroom.erasure.key") Optional<String> secret) {
        this.pool = pool;
        secret.map(NameHash::of).ifPresent(known::set);
    }

    void start(@Observes StartupEvent event) {
        confirmKey().await().atMost(LIMIT);
    }

    /** Fails with an {@link IllegalStateException} where students were forgotten by another secret: it would know none of them. */
    public Uni<Void> confirmKey() {
        return hash().map(hash -> Tuple.of(hex(hash, WORD)))
                .chain(check -> pool.preparedQuery(KEEP_CHECK)
                        .execute(check)
                        .chain(() -> pool.preparedQuery(CHECK).execute(check)))
                .invoke(rows -> {
                    if (!rows.iterator().next().getBoolean("same")) {
                        throw new IllegalStateException(
                                WORD + " is not the secret by which students were forgotten here: set it as it was.");
                    }
                })
                .replaceWithVoid();
    }

    /** Which of these students are erased; asked in the transaction that writes about them, in the classroom's turn. */
    Uni<Set<String>> among(SqlClient connection, Set<String> students) {
        return hash().flatMap(hash -> {
            var names = new HashMap<String, String>();
            students.forEach(student -> names.put(hex(hash, student), student));
            return connection
                    .preparedQuery(AMONG)
                    .execute(Tuple.of(names.keySet().toArray(String[]::new)))
                    .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                            .map(row -> String.valueOf(names.get(row.getString("hash"))))
                            .collect(Collectors.toUnmodifiableSet()));
        });
    }

    /** Adds a student to the list. */
    Uni<Void> add(SqlClient connection, String student) {
        return hash().flatMap(hash -> connection.preparedQuery(ADD).execute(Tuple.of(hex(hash, student))))
                .replaceWithVoid();
    }

    private static String hex(NameHash hash, String student) {
        return HexFormat.of().formatHex(hash.hash(student));
    }

    private Uni<NameHash> hash() {
        var ready = known.get();
        if (ready != null) {
            return Uni.createFrom().item(ready);
        }
        return pool.query("SELECT key FROM dashboard.erasure_key")
                .execute()
                .map(rows ->
                        new NameHash(rows.iterator().next().getBuffer("key").getBytes()))
                .invoke(known::set);
    }
}
