package dev.homeroom.local.stack;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.postgres.PostgresSettings;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a part. */
final class PostgresUnit implements Unit {
    private final PostgresSettings settings;
    private volatile @Nullable EmbeddedPostgresServer server;

    PostgresUnit(PostgresSettings settings) {
        this.settings = settings;
    }

    @Override
    public Process launch() throws IOException {
        EmbeddedPostgresServer fresh = EmbeddedPostgresServer.launch(settings);
        server = fresh;
        return fresh.process();
    }

    @Override
    public boolean isReady() {
        EmbeddedPostgresServer current = server;
        return current != null && current.isReady();
    }

    @Override
    public List<String> lastWords() {
        EmbeddedPostgresServer current = server;
        return current == null ? List.of() : current.log().tail();
    }

    @Override
    public void stop() {
        EmbeddedPostgresServer current = server;
        if (current != null) {
            current.close();
        }
    }
}
