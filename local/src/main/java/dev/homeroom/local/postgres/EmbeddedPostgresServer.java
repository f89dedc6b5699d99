package dev.homeroom.local.postgres;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.Directories;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A real PostgreSQL 18 on 127.0.0.1 as a child process. It works as an ordinary user and as root, keeps its data, and
 * takes over a data directory whose launcher was killed. It trusts the machine: no password is checked.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    /** The user that owns the databases; its password, which is not checked, is the same. */
    public static final String USER = "homeroom";
    /** The database that {@link #start} makes sure of. */
    public static final String DATABASE = "homeroom";

    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

    private final PostgresSettings settings;
    private final Process process;
    private final ProcessLog log;

    private EmbeddedPostgresServer(PostgresSettings settings, Process process, ProcessLog log) {
        this.settings = settings;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the server and returns when it answers and has the user and the database {@code homeroom}.
     *
     * @throws IOException when it cannot start, with its last words
     */
    public static EmbeddedPostgresServer start(PostgresSettings settings) throws IOException {
        EmbeddedPostgresServer server = launch(settings);
        server.awaitReady();
        return server;
    }

    /**
     * Makes the data directory if need be, starts the process and does not wait for its answer.
     *
     * @throws IOException when the directory cannot be made or the process cannot be started
     */
    public static EmbeddedPostgresServer launch(PostgresSettings settings) throws IOException {
        Path programs = PostgresBinaries.unpacked(settings.cache()).resolve("bin");
        Unprivileged runner = Unprivileged.detect();
        Postmaster.stopLeftOver(settings.data());
        if (!Files.exists(settings.data().resolve("PG_VERSION"))) {
            initialise(programs, runner, settings);
        }
        runner.own(settings.data());
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("postgres").toString()));
        command.addAll(settings.serverOptions());
        Process process = Children.start(runner.prefix(), command, Map.of("LC_ALL", "C"), "INT");
        return new EmbeddedPostgresServer(
                settings, process, ProcessLog.follow(process.getInputStream(), settings.log()));
    }

    /** The cluster is made beside its place and moved there when it is complete. */
    private static void initialise(Path programs, Unprivileged runner, PostgresSettings settings) throws IOException {
        Path data = settings.data().toAbsolutePath();
        Path part = data.resolveSibling(data.getFileName() + ".part");
        Directories.delete(part);
        Files.createDirectories(part);
        runner.own(part);
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + part,
                "--username=" + SUPERUSER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!settings.durable()) {
            command.add("--no-sync");
        }
        Process initdb = Children.start(runner.prefix(), command, Map.of("LC_ALL", "C"), "KILL");
        ProcessLog log = ProcessLog.follow(initdb.getInputStream(), settings.log());
        if (!Await.until(INITDB_LIMIT, () -> !initdb.isAlive()) || initdb.exitValue() != 0) {
            initdb.destroyForcibly();
            throw new IOException("initdb failed:\n" + String.join("\n", log.tail()));
        }
        Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitReady() throws IOException {
        boolean done = Await.until(START_LIMIT, () -> !process.isAlive() || isReady());
        if (!done || !process.isAlive()) {
            kill();
            throw new IOException("PostgreSQL did not start on port " + settings.port() + "; its last words:\n"
                    + String.join("\n", log.tail()));
        }
    }

    /** Whether the server accepts a connection now and has its user and database; it is given them when it has not. */
    public boolean isReady() {
        if (!Ports.answers(settings.port())) {
            return false;
        }
        try (Connection connection = connect(SUPERUSER, SUPERUSER);
                var statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
                statement.execute("CREATE ROLE " + USER + " LOGIN CREATEDB PASSWORD '" + USER + "'");
                if (!settings.durable()) {
                    // A test drops its database with whoever is connected, and that may be the server's own vacuum.
                    statement.execute("GRANT pg_signal_backend TO " + USER);
                }
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private Connection connect(String user, String database) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", user);
        properties.put("connectTimeout", "2");
        properties.put("loginTimeout", "2");
        properties.put("socketTimeout", "30");
        Connection connection = new Driver().connect(jdbcUrl(database), properties);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL address: " + jdbcUrl(database));
        }
        return connection;
    }

    /** {@code jdbc:postgresql://127.0.0.1:port/database}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + settings.port() + "/" + database;
    }

    /** The server's process (the postmaster). */
    public Process process() {
        return process;
    }

    /** What the server writes. */
    public ProcessLog log() {
        return log;
    }

    /** SIGKILL of the postmaster; its children notice and end by themselves. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A fast shutdown: at most 20 s, after that it is forced. */
    @Override
    public void close() {
        if (process.isAlive()) {
            Postmaster.stop(process.toHandle());
        }
    }
}
