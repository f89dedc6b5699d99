package dev.homeroom.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One or three replicas of coordinator-service, from the packaged jar. Not thread-safe. */
public final class HomeroomCluster implements AutoCloseable {
    /** How long the token of the load is valid: longer than any run. */
    private static final Duration TOKEN = Duration.ofHours(8);

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path jar;
    private final Path data;
    private final Setup setup;
    private final List<Integer> httpPorts;
    private final List<Integer> raftPorts;
    private final TokenIssuer tokens;
    private final @Nullable ServerProcess[] replicas;

    /**
     * How the replicas are started.
     *
     * @param nodes 1 or 3
     * @param jvm options of the JVM
     * @param environment settings beside the addresses
     */
    public record Setup(int nodes, List<String> jvm, Map<String, String> environment) {
        /** One GB of heap, so that garbage collection is not what is measured; everything else as the service ships. */
        public static Setup of(int nodes) {
            return new Setup(nodes, List.of("-Xms1g", "-Xmx1g"), Map.of());
        }

        /** With one more setting. */
        public Setup with(String name, String value) {
            Map<String, String> more = new HashMap<>(environment);
            more.put(name, value);
            return new Setup(nodes, jvm, more);
        }

        /** With other options of the JVM. */
        public Setup withJvm(String... options) {
            return new Setup(nodes, List.of(options), environment);
        }
    }

    private HomeroomCluster(Path jar, Path data, Setup setup) throws IOException {
        this.jar = jar;
        this.data = data;
        this.setup = setup;
        List<Integer> ports = Ports.free(2 * setup.nodes());
        this.httpPorts = List.copyOf(ports.subList(0, setup.nodes()));
        this.raftPorts = List.copyOf(ports.subList(setup.nodes(), ports.size()));
        this.tokens = TokenIssuer.openOrCreate(data.resolve("keys"));
        tokens.issueTo(
                data.resolve("service.token"),
                TokenRequest.of("bench", "service").livingFor(TOKEN));
        this.replicas = new ServerProcess[setup.nodes()];
    }

    /**
     * Starts the replicas and waits until all are ready.
     *
     * @param home the checkout with the built coordinator-service
     */
    public static HomeroomCluster start(Path home, Path data, Setup setup) {
        Path jar = home.resolve("coordinator-service/target/quarkus-app/quarkus-run.jar");
        try {
            HomeroomCluster cluster = new HomeroomCluster(jar, data, setup);
            IntStream.range(0, setup.nodes()).forEach(cluster::launch);
            IntStream.range(0, setup.nodes()).forEach(cluster::awaitReady);
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one replica, on its old data if it ran before. */
    public void launch(int node) {
        List<String> command = new ArrayList<>(List.of(Children.java()));
        command.addAll(setup.jvm());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString()));
        replicas[node] = ServerProcess.start(
                "coordinator n" + (node + 1), command, environment(node), data.resolve("n" + (node + 1) + ".log"));
    }

    /** Waits until a replica knows a leader. */
    public void awaitReady(int node) {
        replica(node).await(() -> isReady(node));
    }

    private boolean isReady(int node) {
        JsonNode health = health(node);
        return health != null && health.path("status").asText().equals("UP");
    }

    /** The replica that leads, as some replica knows it; -1: nobody says so. */
    public int leader() {
        for (int node = 0; node < setup.nodes(); node++) {
            ServerProcess replica = replicas[node];
            JsonNode health = replica == null || !replica.isAlive() ? null : health(node);
            if (health == null) {
                continue;
            }
            for (JsonNode check : health.path("checks")) {
                String leader = check.path("data").path("leader").asText("none");
                if (leader.matches("n[1-9]")) {
                    return leader.charAt(1) - '1';
                }
            }
        }
        return -1;
    }

    private @Nullable JsonNode health(int node) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(url(node) + "/q/health/ready").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            boolean up = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (var body = up ? connection.getInputStream() : connection.getErrorStream()) {
                return body == null ? null : JSON.readTree(body);
            }
        } catch (IOException e) {
            return null;
        }
    }

    private Map<String, String> environment(int node) {
        Map<String, String> env = new HashMap<>();
        env.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        env.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort(node)));
        env.put("CLUSTER_NODE_ID", "n" + (node + 1));
        env.put("CLUSTER_DATA_DIR", data.resolve("n" + (node + 1)).toString());
        env.put("CLUSTER_BIND_ADDRESS", Ports.LOOPBACK + ":" + raftPorts.get(node));
        if (setup.nodes() > 1) {
            env.put("CLUSTER_PEERS", peers());
        }
        env.putAll(trust());
        // No broker runs: what is published is not what is measured. The backlog stays at its bound.
        env.put("KAFKA_BOOTSTRAP_SERVERS", Ports.LOOPBACK + ":1");
        env.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        env.putAll(setup.environment());
        return env;
    }

    /** The settings by which another service accepts the same tokens and is accepted by these replicas. */
    public Map<String, String> trust() {
        return Map.of(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                tokens.publicKeyFile().toUri().toString(),
                "MP_JWT_VERIFY_ISSUER",
                TokenIssuer.ISSUER,
                "HOMEROOM_SERVICE_TOKEN_FILE",
                data.resolve("service.token").toString());
    }

    private String peers() {
        return IntStream.range(0, setup.nodes())
                .mapToObj(node -> "n" + (node + 1) + "=" + Ports.LOOPBACK + ":" + raftPorts.get(node) + "="
                        + Ports.LOOPBACK + ":" + httpPort(node))
                .collect(Collectors.joining(","));
    }

    /** A token of role {@code agent}. */
    public String agentToken() {
        return tokens.issue(new TokenRequest("bench", Set.of("agent"), Set.of("*"), null, null, TOKEN));
    }

    /** A token of role {@code service}, as queue-service has. */
    public String serviceToken() {
        return tokens.issue(new TokenRequest("bench", Set.of("service"), Set.of("*"), null, null, TOKEN));
    }

    /** How many replicas it has. */
    public int nodes() {
        return setup.nodes();
    }

    /** Where a replica serves HTTP and gRPC. */
    public int httpPort(int node) {
        return httpPorts.get(node);
    }

    /** The directory in which a replica keeps log and snapshots. */
    public Path dataOf(int node) {
        return data.resolve("n" + (node + 1));
    }

    /** One replica, running or ended. */
    public ServerProcess replica(int node) {
        ServerProcess replica = replicas[node];
        if (replica == null) {
            throw new IllegalStateException("n" + (node + 1) + " was never started");
        }
        return replica;
    }

    /** The processes that run. */
    public List<Long> pids() {
        return IntStream.range(0, setup.nodes())
                .mapToObj(this::replica)
                .filter(ServerProcess::isAlive)
                .map(ServerProcess::pid)
                .toList();
    }

    private static String base(int port) {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    /** The base address of a replica. */
    public String url(int node) {
        return base(httpPort(node));
    }

    @Override
    public void close() {
        for (ServerProcess replica : replicas) {
            if (replica != null) {
                replica.kill();
            }
        }
    }
}
