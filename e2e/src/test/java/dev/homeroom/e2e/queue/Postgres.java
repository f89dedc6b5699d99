package dev.homeroom.e2e.queue;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.postgres.PostgresSettings;
import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The one PostgreSQL, with commits that survive the death of its processes. For one thread. */
final class Postgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PostgresSettings settings;
    private EmbeddedPostgresServer server;

    Postgres(Path directory) throws IOException {
        // Commits must be on disk, or at least with the kernel: what only the killed server's memory holds is lost.
        settings = new PostgresSettings(
                PostgresSettings.userCache(),
                directory.resolve("postgres"),
                directory.resolve("postgres.log"),
                Ports.free(1).getFirst(),
                true);
        server = EmbeddedPostgresServer.start(settings);
    }

    int port() {
        return settings.port();
    }

    String jdbcUrl() {
        return server.jdbcUrl(EmbeddedPostgresServer.DATABASE);
    }

    /** SIGKILL of the postmaster: every connection breaks, what was not committed is gone. */
    void kill() {
        server.kill();
    }

    /** Starts it again; its orphans, which hold the data directory, need a moment to notice that they are. */
    void start() {
        if (!Await.until(PATIENCE, this::started)) {
            throw new AssertionError(
                    "PostgreSQL does not start again: " + server.log().tail());
        }
    }

    private boolean started() {
        try {
            server = EmbeddedPostgresServer.start(settings);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.kill();
    }
}
