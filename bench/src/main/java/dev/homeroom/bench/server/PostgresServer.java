package dev.homeroom.bench.server;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.postgres.PostgresSettings;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The PostgreSQL of the local stack with the settings it ships, fsync on. Not thread-safe, its connections aside. */
public final class PostgresServer implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgresServer server;
    private final int port;

    private PostgresServer(EmbeddedPostgresServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts it on a free port.
     *
     * @param statements with {@code pg_stat_statements}, which costs a little itself
     */
    public static PostgresServer start(Path data, boolean statements) {
        int port = Ports.free(1).getFirst();
        PostgresSettings settings = new PostgresSettings(
                PostgresSettings.userCache(), data.resolve("data"), data.resolve("postgres.log"), port, true);
        try {
            EmbeddedPostgresServer server = EmbeddedPostgresServer.start(settings);
            if (statements) {
                new PostgresServer(server, port)
                        .administer("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
                server.close();
                server = EmbeddedPostgresServer.start(settings);
                new PostgresServer(server, port).administer("CREATE EXTENSION pg_stat_statements");
            }
            return new PostgresServer(server, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 127.0.0.1:port/database}, to be preceded by a scheme. */
    public String address() {
        return Ports.LOOPBACK + ":" + port + "/" + EmbeddedPostgresServer.DATABASE;
    }

    /** A connection to the database as its owner; every statement commits. */
    public Connection connect() {
        return connect(EmbeddedPostgresServer.USER);
    }

    /** A connection as superuser. */
    public Connection administrator() {
        return connect(SUPERUSER);
    }

    private Connection connect(String user) {
        try {
            return DriverManager.getConnection("jdbc:postgresql://" + address(), user, user);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as the owner of the database. */
    public void run(String... statements) {
        run(EmbeddedPostgresServer.USER, statements);
    }

    /** Runs statements as superuser. */
    public void administer(String... statements) {
        run(SUPERUSER, statements);
    }

    private void run(String user, String... statements) {
        try (Connection connection = connect(user);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its processes: the postmaster and whatever it has started. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(server.process().pid()));
        server.process().children().map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    @Override
    public void close() {
        server.kill();
    }
}
