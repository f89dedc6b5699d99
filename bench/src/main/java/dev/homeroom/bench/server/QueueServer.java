package dev.homeroom.bench.server;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** queue-service from the packaged jar, in a JVM as {@code homeroom up} starts it. Not thread-safe. */
public final class QueueServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final ServerProcess process;
    private final int port;

    private QueueServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it is ready. No broker runs: the links to Kafka try again now and then.
     *
     * @param home the checkout with the built queue-service
     * @param jvm more options of its JVM, such as a profiler's
     */
    public static QueueServer start(
            Path home, Path data, PostgresServer postgres, HomeroomCluster coordinator, List<String> jvm) {
        int port = Ports.free(1).getFirst();
        List<String> command = new ArrayList<>(List.of(
                Children.java(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvm);
        Path jar = home.resolve("queue-service/target/quarkus-app/quarkus-run.jar");
        command.addAll(List.of("-jar", jar.toString()));
        ServerProcess process = ServerProcess.start(
                "queue", command, environment(port, postgres, coordinator), data.resolve("queue.log"));
        QueueServer server = new QueueServer(process, port);
        process.await(server::isReady);
        return server;
    }

    private static Map<String, String> environment(int port, PostgresServer postgres, HomeroomCluster coordinator) {
        Map<String, String> env = new HashMap<>(coordinator.trust());
        env.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        env.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        env.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + postgres.address());
        env.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + postgres.address());
        env.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgresServer.USER);
        env.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgresServer.USER);
        env.put("HOMEROOM_COORDINATOR_URL", coordinator.url(0));
        env.put("KAFKA_BOOTSTRAP_SERVERS", Ports.LOOPBACK + ":1");
        env.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        return env;
    }

    private boolean isReady() {
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

    /** Where it serves HTTP. */
    public int port() {
        return port;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Its resident memory in MiB; 0 where the system does not tell (only Linux does). */
    public double residentMib() {
        return ServerProcess.residentMib(pid());
    }

    /** SIGTERM: a profiler writes its file at the end. */
    @Override
    public void close() {
        process.close();
    }
}
