package dev.homeroom.local.testing;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL server with TimescaleDB for tests: the one that {@code homeroom.test.jdbc-url} names, if it offers the extension,
 * else a container where Docker is. Elsewhere there is none, and tests that need it say so and are skipped.
 */
public final class TestTimescale {
    private static final String IMAGE = "timescale/timescaledb:2.28.3-pg18";
    private static final String OFFERED = "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'";

    private TestTimescale() {}

    /** A new empty database; the first call may start the server. Close it to drop it. */
    public static Optional<TestDatabase> freshDatabase() {
        if (Shared.override("homeroom.test.jdbc-url") != null) {
            TestDatabase given = TestPostgres.freshDatabase();
            if (isOffered(given)) {
                return Optional.of(given);
            }
            given.close();
        }
        if (!Docker.isAvailable()) {
            return Optional.empty();
        }
        String server = Shared.value("homeroom.test.running.timescale", TestTimescale::start);
        String user = EmbeddedPostgresServer.USER;
        String name = "t_" + UUID.randomUUID().toString().replace("-", "");
        TestPostgres.run(server, user, user, "CREATE DATABASE " + name);
        return Optional.of(new TestDatabase(server, name, user, user));
    }

    private static boolean isOffered(TestDatabase database) {
        Properties login = new Properties();
        login.put("user", database.user());
        login.put("password", database.password());
        try (Connection connection =
                        Objects.requireNonNull(new Driver().connect(database.jdbcUrl(), login), database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OFFERED)) {
            return row.next() && row.getInt(1) == 1;
        } catch (SQLException e) {
            throw new IllegalStateException(database.jdbcUrl() + " does not answer", e);
        }
    }

    private static String start() {
        PostgreSQLContainer container = new PostgreSQLContainer(
                        DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
                .withUsername(EmbeddedPostgresServer.USER)
                .withPassword(EmbeddedPostgresServer.USER)
                .withDatabaseName(EmbeddedPostgresServer.DATABASE);
        container.start();
        return container.getJdbcUrl();
    }
}
