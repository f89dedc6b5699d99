package dev.homeroom.e2e.queue;

import dev.homeroom.e2e.cluster.Cluster;
import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.cluster.Link;
import dev.homeroom.e2e.cluster.Node;
import dev.homeroom.e2e.cluster.Server;
import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Directories;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.stack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * PostgreSQL, Kafka, three replicas of the coordinator and two of queue-service, all real processes in a directory of
 * their own. Sweeps and retries come often, so that a run of a minute has many of them.
 */
final class QueueSystem implements AutoCloseable {
    private static final int REPLICAS = 2;

    private final Postgres postgres;
    private final Broker broker;
    private final Cluster coordinators;
    private final List<Replica> replicas = new ArrayList<>();

    /** Starts everything and returns when all of it is ready. */
    QueueSystem(Path directory) {
        Directories.delete(directory);
        try {
            Files.createDirectories(directory);
            broker = new Broker(directory);
            postgres = new Postgres(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        coordinators = Cluster.launch(directory.resolve("coordinators"), broker.address());
        List<Integer> ports = Ports.free(3 * REPLICAS);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(replica(i, directory, ports.subList(3 * i, 3 * i + 3)));
        }
        replicas.forEach(replica -> replica.server().start());
        coordinators.awaitAllReady();
        awaitAllReady();
    }

    private Replica replica(int i, Path directory, List<Integer> ports) {
        int port = ports.get(0);
        Link coordinator =
                link(ports.get(1), coordinators.port(coordinators.nodes().get(i)));
        Link database = link(ports.get(2), postgres.port());
        String address = "postgresql://127.0.0.1:" + ports.get(2) + "/" + EmbeddedPostgresServer.DATABASE;
        Map<String, String> environment = coordinators.environment(port, broker.address());
        environment.putAll(Map.of(
                "HOMEROOM_COORDINATOR_URL",
                "http://127.0.0.1:" + ports.get(1),
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + address,
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                address,
                "QUARKUS_DATASOURCE_USERNAME",
                EmbeddedPostgresServer.USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                EmbeddedPostgresServer.USER,
                "HOMEROOM_QUEUE_SWEEP_INTERVAL",
                "PT2S",
                "TASK_RETRY_BACKOFF",
                "PT0.2S",
                "HOMEROOM_QUEUE_RETRY_BACKOFF_MAX",
                "PT1S"));
        Server server = new Server(
                "queue-" + (i + 1),
                Part.QUEUE,
                List.of(),
                List.of(),
                environment,
                directory.resolve("queue-" + (i + 1) + ".log"));
        return new Replica(
                server,
                new Door(port, coordinators.token("agent")),
                new Door(port, coordinators.token("operator")),
                coordinator,
                database);
    }

    private static Link link(int from, int to) {
        return new Link(address(from), address(to));
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Postgres postgres() {
        return postgres;
    }

    Broker broker() {
        return broker;
    }

    List<Node> coordinators() {
        return coordinators.nodes();
    }

    /** Whoever leads the coordinators; waits for it. */
    Node leader() {
        return coordinators.leader();
    }

    List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    List<Door> coordinatorDoors() {
        return coordinators.nodes().stream().map(Node::door).toList();
    }

    List<Door> queueDoors() {
        return replicas.stream().map(Replica::door).toList();
    }

    /** Returns when all of both services are ready. */
    void awaitAllReady() {
        await("all replicas to be ready", () -> replicas.stream().allMatch(Replica::isReady));
        coordinators.awaitAllReady();
    }

    /** Waits, bounded: the limit says that it never came, not how fast it has to be. */
    void await(String what, BooleanSupplier there) {
        await(what, Cluster.PATIENCE, there);
    }

    void await(String what, Duration patience, BooleanSupplier there) {
        if (!Await.until(patience, there)) {
            StringBuilder words = new StringBuilder("In vain for " + patience + ": " + what);
            replicas.forEach(replica ->
                    append(words, replica.server().name(), replica.server().lastWords()));
            coordinators.nodes().forEach(node -> append(words, node.name(), node.lastWords()));
            throw new AssertionError(words.toString());
        }
    }

    private static void append(StringBuilder words, String name, List<String> lines) {
        words.append("\n--- ").append(name);
        lines.forEach(line -> words.append('\n').append(line));
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        coordinators.close();
        broker.close();
        postgres.close();
    }
}
