package dev.homeroom.metrics.postgres;

import dev.homeroom.local.testing.TestDatabase;
import dev.homeroom.local.testing.TestPostgres;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.core.TunedRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of its own. */
public final class FoldDatabase implements AutoCloseable {
    private final TestDatabase database;
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    /** Makes it on the server of the tests. */
    public FoldDatabase() {
        this(TestPostgres.freshDatabase());
    }

    /** Makes it of an empty one. */
    public FoldDatabase(TestDatabase empty) {
        database = empty;
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        Flyway.configure()
                .dataSource(source)
                .schemas("metrics")
                .defaultSchema("metrics")
                .load()
                .migrate();
        if (continuous()) {
            // A test says itself when the aggregates are refreshed.
            run("SELECT _timescaledb_functions.stop_background_workers()");
        }
    }

    private boolean continuous() {
        return rows("SELECT metrics.storage_kind()").contains("continuous");
    }

    /** A store in it. */
    public PostgresFoldStore store() {
        return store(Samples.BASIS);
    }

    /** A store in it with these rules where nothing is tuned. */
    public PostgresFoldStore store(TunedRules.Basis rules) {
        return new PostgresFoldStore(source, rules, Samples.SUSPECTS, Clock.systemUTC());
    }

    /** The suspicions in it. */
    public PostgresSuspectBook suspects() {
        return new PostgresSuspectBook(source, Samples.SUSPECTS, Clock.systemUTC());
    }

    /** The rows of a query, their columns joined by a bar. */
    public List<String> rows(String query) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(String.valueOf(rows.getString(column)));
                }
                lines.add(String.join("|", cells));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The database itself. */
    public DataSource source() {
        return source;
    }

    /** Does something that has no rows to tell. */
    public void run(String statement) {
        try (Connection connection = source.getConnection();
                Statement running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** What the background of TimescaleDB does by itself a minute later; nothing elsewhere. */
    public void refresh() {
        if (continuous()) {
            run("CALL public.refresh_continuous_aggregate('metrics.hour_rollup', NULL, NULL)");
            run("CALL public.refresh_continuous_aggregate('metrics.day_rollup', NULL, NULL)");
        }
    }

    /** The only number of a query. */
    public long number(String query) {
        return Long.parseLong(rows(query).getFirst());
    }

    @Override
    public void close() {
        database.close();
    }
}
