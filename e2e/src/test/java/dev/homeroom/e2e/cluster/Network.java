package dev.homeroom.e2e.cluster;

import dev.homeroom.e2e.cluster.Link.Mode;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The network between replicas: Raft and the link to the leader, each with a proxy per direction. All replicas have the
 * same list of peers, because Raft replicates it; a hosts file of each one's own leads the peers' names to that
 * replica's proxies. Replicas are numbered from 0.
 */
final class Network implements AutoCloseable {
    private static final String RAFT = "raft";
    private static final String SERVICE = "service";

    private record Way(int from, int to, String kind, Link link) {}

    private final int replicas;
    private final List<Integer> raftPorts;
    private final List<Integer> servicePorts;
    private final List<Integer> namedRaftPorts;
    private final List<Integer> namedServicePorts;
    private final List<Way> ways = new ArrayList<>();

    Network(int replicas) {
        this.replicas = replicas;
        List<Integer> ports = Ports.free(4 * replicas);
        raftPorts = ports.subList(0, replicas);
        servicePorts = ports.subList(replicas, 2 * replicas);
        namedRaftPorts = ports.subList(2 * replicas, 3 * replicas);
        namedServicePorts = ports.subList(3 * replicas, 4 * replicas);
        for (int from = 0; from < replicas; from++) {
            for (int to = 0; to < replicas; to++) {
                if (from != to) {
                    add(from, to, RAFT, namedRaftPorts.get(to), raftPorts.get(to));
                    add(from, to, SERVICE, namedServicePorts.get(to), servicePorts.get(to));
                }
            }
        }
    }

    private void add(int from, int to, String kind, int named, int real) {
        InetSocketAddress listen = new InetSocketAddress(address(from, to), named);
        InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), real);
        ways.add(new Way(from, to, kind, new Link(listen, target)));
    }

    /** {@code CLUSTER_PEERS}: the same for all. */
    String peers() {
        return IntStream.range(0, replicas)
                .mapToObj(i -> "%s=%s.raft:%d=%s.service:%d"
                        .formatted(name(i), name(i), namedRaftPorts.get(i), name(i), namedServicePorts.get(i)))
                .collect(Collectors.joining(","));
    }

    /** Writes the hosts file of a replica ({@code -Djdk.net.hosts.file}). */
    void writeHosts(int replica, Path file) {
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        try {
            hosts.append("127.0.0.1 ")
                    .append(InetAddress.getLocalHost().getHostName())
                    .append('\n');
            for (int to = 0; to < replicas; to++) {
                String address = address(replica, to);
                hosts.append("%s %s.raft%n%s %s.service%n".formatted(address, name(to), address, name(to)));
            }
            Files.writeString(file, hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a replica listens for the others. */
    int raftPort(int replica) {
        return raftPorts.get(replica);
    }

    /** Where a replica listens for everybody; clients come here directly. */
    int servicePort(int replica) {
        return servicePorts.get(replica);
    }

    static String name(int replica) {
        return "n" + (replica + 1);
    }

    /** All of 127/8 is this machine's (Linux): the address tells who calls. */
    private static String address(int from, int to) {
        return "127.77." + (from + 1) + "." + (to + 1);
    }

    /** Both kinds of link, in both directions, between a replica and each of the others. */
    void isolate(int replica, Mode mode) {
        ways.stream().filter(way -> way.from == replica || way.to == replica).forEach(way -> way.link.set(mode));
    }

    /** Both kinds of link, in both directions, between two replicas. */
    void between(int one, int other, Mode mode) {
        ways.stream()
                .filter(way -> (way.from == one && way.to == other) || (way.from == other && way.to == one))
                .forEach(way -> way.link.set(mode));
    }

    /** The connections which one replica opens to the others. */
    void from(int replica, Mode mode) {
        ways.stream().filter(way -> way.from == replica).forEach(way -> way.link.set(mode));
    }

    /** Raft alone, in both directions; the link to the leader stays. */
    void raftOf(int replica, Mode mode) {
        ways.stream()
                .filter(way -> way.kind.equals(RAFT))
                .filter(way -> way.from == replica || way.to == replica)
                .forEach(way -> way.link.set(mode));
    }

    /** Everything passes again. {@code late}: what was kept back arrives now; else it is lost with its connection. */
    void heal(boolean late) {
        for (Way way : ways) {
            if (!late) {
                way.link.breakConnections();
            }
            way.link.set(Mode.OPEN);
        }
    }

    @Override
    public void close() {
        ways.forEach(way -> way.link.close());
    }
}
