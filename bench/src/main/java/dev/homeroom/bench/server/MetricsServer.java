package dev.homeroom.bench.server;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** metrics-service from the packaged jar, in a JVM as {@code homeroom up} starts it. Not thread-safe. */
public final class MetricsServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;
    /** How long the tokens of the load are valid: longer than any run. */
    private static final Duration TOKEN = Duration.ofHours(8);

    private final ServerProcess process;
    private final TokenIssuer tokens;
    private final int port;

    private MetricsServer(ServerProcess process, TokenIssuer tokens, int port) {
        this.process = process;
        this.tokens = tokens;
        this.port = port;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param home the checkout with the built metrics-service
     * @param jvm more options of its JVM, such as a profiler's
     * @param settings beside the addresses, by the names of the environment
     */
    public static MetricsServer start(
            Path home,
            Path data,
            PostgresServer postgres,
            KafkaServer kafka,
            List<String> jvm,
            Map<String, String> settings) {
        int port = Ports.free(1).getFirst();
        List<String> command = new ArrayList<>(List.of(
                Children.java(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvm);
        Path jar = home.resolve("metrics-service/target/quarkus-app/quarkus-run.jar");
        command.addAll(List.of("-jar", jar.toString()));
        try {
            TokenIssuer tokens = TokenIssuer.openOrCreate(data.resolve("keys"));
            Path service = data.resolve("service.token");
            tokens.issueTo(service, TokenRequest.of("bench", "service").livingFor(TOKEN));
            Map<String, String> environment = environment(port, postgres, kafka, tokens, service);
            environment.putAll(settings);
            ServerProcess process = ServerProcess.start("metrics", command, environment, data.resolve("metrics.log"));
            MetricsServer server = new MetricsServer(process, tokens, port);
            process.await(server::isReady);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> environment(
            int port, PostgresServer postgres, KafkaServer kafka, TokenIssuer tokens, Path service) {
        Map<String, String> env = new HashMap<>();
        env.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        env.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        env.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + postgres.address());
        env.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + postgres.address());
        env.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgresServer.USER);
        env.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgresServer.USER);
        env.put("KAFKA_BOOTSTRAP_SERVERS", kafka.address());
        env.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                tokens.publicKeyFile().toUri().toString());
        env.put("MP_JWT_VERIFY_ISSUER", TokenIssuer.ISSUER);
        env.put("HOMEROOM_SERVICE_TOKEN_FILE", service.toString());
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

    /** A header for an app of every classroom. */
    public String asApp() {
        return "Bearer " + tokens.issue(new TokenRequest("bench", Set.of("app"), Set.of("*"), "bench", null, TOKEN));
    }

    /** A header for one of our own services. */
    public String asService() {
        return "Bearer " + tokens.issue(new TokenRequest("bench", Set.of("service"), Set.of("*"), null, null, TOKEN));
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
