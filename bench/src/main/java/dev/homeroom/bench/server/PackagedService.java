package dev.homeroom.bench.server;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.stack.Part;
import dev.homeroom.local.stack.ServiceStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service with a database, from its packaged jar, in a JVM as {@code homeroom up} starts it. Not thread-safe. */
final class PackagedService implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final ServerProcess process;
    private final int port;

    private PackagedService(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param home the checkout with the built service
     * @param jvm more options of its JVM, such as a profiler's
     * @param settings beside its own address and its database's, by the names of the environment
     */
    static PackagedService start(
            Part part, Path home, Path data, PostgresServer postgres, List<String> jvm, Map<String, String> settings) {
        int port = Ports.free(1).getFirst();
        Map<String, String> environment = environment(port, postgres);
        environment.putAll(settings);
        try {
            List<String> command = ServiceStart.command(home, part, jvm);
            ServerProcess process =
                    ServerProcess.start(part.id(), command, environment, data.resolve(part.id() + ".log"));
            process.await(() -> isReady(port));
            return new PackagedService(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> environment(int port, PostgresServer postgres) {
        Map<String, String> env = new HashMap<>();
        env.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        env.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        env.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + postgres.address());
        env.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + postgres.address());
        env.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgresServer.USER);
        env.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgresServer.USER);
        env.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        return env;
    }

    private static boolean isReady(int port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://" + Ports.LOOPBACK + ":" + port + "/q/health/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    double residentMib() {
        return ServerProcess.residentMib(pid());
    }

    /** SIGTERM: a profiler writes its file at the end. */
    @Override
    public void close() {
        process.close();
    }
}
