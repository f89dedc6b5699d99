package dev.homeroom.local.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a Quarkus test a fresh database as its default datasource (JDBC and reactive). */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable TestDatabase database;

    @Override
    public Map<String, String> start() {
        TestDatabase fresh = TestPostgres.freshDatabase();
        database = fresh;
        return fresh.quarkusSettings();
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
