package dev.homeroom.e2e.cluster;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Directories;
import dev.homeroom.local.stack.Part;
import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three replicas of the packaged coordinator-service in a directory of their own. */
public final class Cluster implements AutoCloseable {
    public static final int REPLICAS = 3;
    /** Says that something never came, not how fast it has to be: a busy machine starts a JVM in 20 s. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How often replicas take snapshots. */
    static final Duration SNAPSHOTS = Duration.ofSeconds(4);

    /** Longer than any step of a clock: a token that a stepped clock takes for expired would test nothing. */
    private static final Duration TOKENS_LIVE = Duration.ofDays(90);

    private final Network network = new Network(REPLICAS);
    private final List<Node> nodes = new ArrayList<>();
    private final TokenIssuer tokens;
    private final Path serviceToken;

    /** Without Kafka, with clocks and disks that can be disturbed; returns when each knows a leader. */
    Cluster(Path directory) {
        this(directory, "127.0.0.1:1", true);
        nodes.forEach(Node::start);
        awaitAllReady();
    }

    private Cluster(Path directory, String kafka, boolean equipped) {
        Directories.delete(directory);
        try {
            tokens = TokenIssuer.openOrCreate(directory.resolve("keys"));
            serviceToken = directory.resolve("service.jwt");
            tokens.issueTo(serviceToken, TokenRequest.of("homeroom", "service").livingFor(TOKENS_LIVE));
            for (int i = 0; i < REPLICAS; i++) {
                nodes.add(node(i, Files.createDirectories(directory.resolve(Network.name(i))), kafka, equipped));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With ordinary clocks and disks, telling its changes to these brokers; does not wait for it. */
    public static Cluster launch(Path directory, String kafka) {
        Cluster cluster = new Cluster(directory, kafka, false);
        cluster.nodes.forEach(Node::start);
        return cluster;
    }

    private Node node(int i, Path home, String kafka, boolean equipped) {
        Path hosts = home.resolve("hosts");
        network.writeHosts(i, hosts);
        Path data = home.resolve("data");
        Map<String, String> environment = environment(network.servicePort(i), kafka);
        environment.putAll(Map.ofEntries(
                Map.entry("HOMEROOM_PLATFORM_ALLOWED_HOSTS", allowedHosts()),
                Map.entry("CLUSTER_NODE_ID", Network.name(i)),
                Map.entry("CLUSTER_DATA_DIR", data.toString()),
                Map.entry("CLUSTER_BIND_ADDRESS", "127.0.0.1:" + network.raftPort(i)),
                Map.entry("CLUSTER_PEERS", network.peers()),
                // Often enough that replicas that come back find the log purged and get a snapshot.
                Map.entry("RAFT_SNAPSHOT_INTERVAL", SNAPSHOTS.toSeconds() + "s")));
        Optional<Clock> clock = equipped ? Clock.right(home.resolve("clock")) : Optional.empty();
        Optional<Disk> disk = equipped ? Disk.mount(data) : Optional.empty();
        clock.ifPresent(its -> environment.putAll(its.environment()));
        Server server = new Server(
                Network.name(i),
                Part.COORDINATOR,
                disk.map(Disk::prefix).orElse(List.of()),
                List.of("-Djdk.net.hosts.file=" + hosts),
                environment,
                home.resolve("coordinator.log"));
        return new Node(i, server, clock, disk, new Door(network.servicePort(i), token("agent")));
    }

    /** What every service of this run needs to know: where it listens, whom it trusts. */
    public Map<String, String> environment(int port, String kafka) {
        return new HashMap<>(Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                tokens.publicKeyFile().toUri().toString(),
                "MP_JWT_VERIFY_ISSUER",
                TokenIssuer.ISSUER,
                "HOMEROOM_SERVICE_TOKEN_FILE",
                serviceToken.toString(),
                "QUARKUS_OTEL_SDK_DISABLED",
                "true",
                "QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL",
                "ERROR",
                "QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL",
                "WARN"));
    }

    /** A token that outlives every run. */
    public String token(String role) {
        return tokens.issue(TokenRequest.of("faults", role).livingFor(TOKENS_LIVE));
    }

    /** Where clients of this replica come in. */
    public int port(Node node) {
        return network.servicePort(node.number());
    }

    private static String allowedHosts() {
        return "127.0.0.1,"
                + IntStream.range(0, REPLICAS)
                        .mapToObj(i -> Network.name(i) + ".service")
                        .collect(Collectors.joining(","));
    }

    /** All replicas. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    List<Node> others(Node node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    Network network() {
        return network;
    }

    /** Whoever leads; waits for it. */
    public Node leader() {
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
    public void awaitAllReady() {
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
