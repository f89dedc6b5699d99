package dev.homeroom.local.testing;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.postgres.PostgresSettings;
import dev.homeroom.local.process.Directories;
import dev.homeroom.local.process.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of this JVM's tests: the one that {@code homeroom.test.jdbc-url} (or {@code
 * HOMEROOM_TEST_JDBC_URL}) names, else a container where Docker is, else embedded (without fsync).
 */
public final class TestPostgres {
    private static final String USER = EmbeddedPostgresServer.USER;
    private static final String IMAGE = "postgres:18";

    private TestPostgres() {}

    /** A new empty database; the first call starts the server. Close it to drop it. */
    public static TestDatabase freshDatabase() {
        String override = Shared.override("homeroom.test.jdbc-url");
        String server =
                override != null ? override : Shared.value("homeroom.test.running.postgres", TestPostgres::start);
        String user = orDefault(override == null ? null : Shared.override("homeroom.test.jdbc-username"));
        String password = orDefault(override == null ? null : Shared.override("homeroom.test.jdbc-password"));
        String name = "t_" + UUID.randomUUID().toString().replace("-", "");
        run(server, user, password, "CREATE DATABASE " + name);
        return new TestDatabase(server, name, user, password);
    }

    private static String orDefault(@Nullable String value) {
        return Objects.requireNonNullElse(value, USER);
    }

    static void run(String url, String user, String password, String sql) {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        properties.put("connectTimeout", "10");
        try (Connection connection = Objects.requireNonNull(new Driver().connect(url, properties), url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed at " + url, e);
        }
    }

    private static String start() throws Exception {
        if (Docker.isAvailable()) {
            PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                    .withUsername(USER)
                    .withPassword(USER)
                    .withDatabaseName(EmbeddedPostgresServer.DATABASE);
            container.start();
            return container.getJdbcUrl();
        }
        Path directory = Directories.scratch("postgres");
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(new PostgresSettings(
                PostgresSettings.userCache(),
                directory.resolve("data"),
                directory.resolve("postgres.log"),
                Ports.free(1).getFirst(),
                false));
        Shared.atExit(() -> {
            server.kill();
            Directories.delete(directory);
        });
        return server.jdbcUrl(EmbeddedPostgresServer.DATABASE);
    }
}
