package dev.homeroom.e2e.cluster;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Directories;
import dev.homeroom.local.stack.StackSettings;
import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three replicas of the packaged coordinator-service, without Kafka, in a directory of their own. */
final class Cluster implements AutoCloseable {
    static final int REPLICAS = 3;
    /** Says that something never came, not how fast it has to be: a busy machine starts a JVM in 20 s. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How often replicas take snapshots. */
    static final Duration SNAPSHOTS = Duration.ofSeconds(4);

    /** Longer than any step of a clock: a token that a stepped clock takes for expired would test nothing. */
    private static final Duration TOKENS_LIVE = Duration.ofDays(90);

    private final Network network = new Network(REPLICAS);
    private final List<Node> nodes = new ArrayList<>();
    private final TokenIssuer tokens;

    /** Starts all replicas and returns when each knows a leader. */
    Cluster(Path directory) {
        Directories.delete(directory);
        try {
            tokens = TokenIssuer.openOrCreate(directory.resolve("keys"));
            Path serviceToken = directory.resolve("service.jwt");
            tokens.issueTo(serviceToken, TokenRequest.of("homeroom", "service").livingFor(TOKENS_LIVE));
            for (int i = 0; i < REPLICAS; i++) {
                nodes.add(node(i, Files.createDirectories(directory.resolve(Network.name(i))), tokens, serviceToken));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nodes.forEach(Node::start);
        awaitAllReady();
    }

    private Node node(int i, Path home, TokenIssuer tokens, Path serviceToken) {
        Path hosts = home.resolve("hosts");
        network.writeHosts(i, hosts);
        Path data = home.resolve("data");
        Map<String, String> environment = Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(network.servicePort(i))),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"),
                Map.entry(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        tokens.publicKeyFile().toUri().toString()),
                Map.entry("MP_JWT_VERIFY_ISSUER", TokenIssuer.ISSUER),
                Map.entry("HOMEROOM_SERVICE_TOKEN_FILE", serviceToken.toString()),
                Map.entry("HOMEROOM_PLATFORM_ALLOWED_HOSTS", allowedHosts()),
                Map.entry("CLUSTER_NODE_ID", Network.name(i)),
                Map.entry("CLUSTER_DATA_DIR", data.toString()),
                Map.entry("CLUSTER_BIND_ADDRESS", "127.0.0.1:" + network.raftPort(i)),
                Map.entry("CLUSTER_PEERS", network.peers()),
                Map.entry("QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL", "ERROR"),
                Map.entry("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN"),
                // Often enough that replicas that come back find the log purged and get a snapshot.
                Map.entry("RAFT_SNAPSHOT_INTERVAL", SNAPSHOTS.toSeconds() + "s"));
        String token = tokens.issue(TokenRequest.of("faults", "agent").livingFor(TOKENS_LIVE));
        return new Node(
                i,
                StackSettings.findRoot().resolve("coordinator-service/target/quarkus-app/quarkus-run.jar"),
                hosts,
                home.resolve("coordinator.log"),
                environment,
                Clock.right(home.resolve("clock")),
                Disk.mount(data),
                new Door(network.servicePort(i), token));
    }

    private static String allowedHosts() {
        return "127.0.0.1,"
                + IntStream.range(0, REPLICAS)
                        .mapToObj(i -> Network.name(i) + ".service")
                        .collect(Collectors.joining(","));
    }

    /** A token of an agent, for callers that bring their own connection. */
    String agentToken() {
        return tokens.issue(TokenRequest.of("restarts", "agent").livingFor(TOKENS_LIVE));
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    List<Node> others(Node node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    Network network() {
        return network;
    }

    /** Whoever leads; waits for it. */
    Node leader() {
        return awaitLeaderAmong(nodes);
    }

    /** Whoever of these leads; waits for it. */
    Node awaitLeaderAmong(List<Node> some) {
        List<Node> found = new ArrayList<>();
        await("a leader among " + some.stream().map(Node::name).toList(), () -> {
            leaderAmong(some).ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static Optional<Node> leaderAmong(List<Node> some) {
        return some.stream().filter(Node::leads).findFirst();
    }

    /** Returns when every replica is ready and all name the same leader. */
    void awaitAllReady() {
        await("three replicas that name one leader", () -> {
            List<String> named =
                    nodes.stream().flatMap(node -> node.leader().stream()).toList();
            return named.size() == nodes.size() && named.stream().distinct().count() == 1;
        });
    }

    void await(String what, BooleanSupplier there) {
        if (!Await.until(PATIENCE, there)) {
            StringBuilder words = new StringBuilder("In vain for " + PATIENCE + ": " + what);
            for (Node node : nodes) {
                words.append("\n--- ").append(node.name()).append(node.isAlive() ? "" : " (ended)");
                node.lastWords().forEach(line -> words.append('\n').append(line));
            }
            throw new AssertionError(words.toString());
        }
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        network.close();
    }
}
