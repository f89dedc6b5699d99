package dev.homeroom.bench.server;

import dev.homeroom.local.process.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One or three members of etcd with their defaults: every write is on the disks of a majority before it is answered. */
public final class EtcdCluster implements AutoCloseable {
    /** The program it needs. */
    public static final String PROGRAM = "etcd";

    private final List<ServerProcess> members;
    private final List<Integer> ports;

    private EtcdCluster(List<ServerProcess> members, List<Integer> ports) {
        this.members = members;
        this.ports = ports;
    }

    /** Starts the members and waits until all serve. */
    public static EtcdCluster start(Path program, Path data, int nodes) {
        List<Integer> free = Ports.free(2 * nodes);
        List<Integer> client = List.copyOf(free.subList(0, nodes));
        List<Integer> peer = List.copyOf(free.subList(nodes, 2 * nodes));
        String cluster = IntStream.range(0, nodes)
                .mapToObj(node -> name(node) + "=" + url(peer.get(node)))
                .collect(Collectors.joining(","));
        List<ServerProcess> members = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            List<String> command = List.of(
                    program.toString(),
                    "--name",
                    name(node),
                    "--data-dir",
                    data.resolve(name(node)).toString(),
                    "--listen-client-urls",
                    url(client.get(node)),
                    "--advertise-client-urls",
                    url(client.get(node)),
                    "--listen-peer-urls",
                    url(peer.get(node)),
                    "--initial-advertise-peer-urls",
                    url(peer.get(node)),
                    "--initial-cluster",
                    cluster,
                    "--log-level",
                    "error");
            members.add(
                    ServerProcess.start("etcd " + name(node), command, Map.of(), data.resolve(name(node) + ".log")));
        }
        for (int node = 0; node < nodes; node++) {
            int port = client.get(node);
            members.get(node).await(() -> Ports.answers(port));
        }
        return new EtcdCluster(List.copyOf(members), client);
    }

    private static String name(int node) {
        return "e" + (node + 1);
    }

    private static String url(int port) {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    /** Where the members serve clients. */
    public List<Integer> ports() {
        return ports;
    }

    /** Their processes. */
    public List<Long> pids() {
        return members.stream().map(ServerProcess::pid).toList();
    }

    @Override
    public void close() {
        members.forEach(ServerProcess::kill);
    }
}
