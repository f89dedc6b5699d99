package dev.homeroom.coordinator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One replica of the coordinator.
 *
 * @param id its name in the cluster, stable over restarts
 * @param raftAddress {@code host:port} on which the replicas talk Raft to each other
 * @param serviceAddress {@code host:port} of its HTTP and gRPC interface, to which requests for the leader are handed
 */
public record Member(String id, String raftAddress, String serviceAddress) {
    /** More replicas only make commits slower. */
    public static final int MAX_MEMBERS = 7;

    public Member {
        requireHostPort(raftAddress);
        requireHostPort(serviceAddress);
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException("not a node id: '" + id + "'");
        }
    }

    /**
     * Parses {@code id=raft-address=service-address}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static Member parse(String text) {
        String[] parts = text.strip().split("=", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "a peer is written id=raftHost:port=serviceHost:port, not '" + text + "'");
        }
        return new Member(parts[0], parts[1], parts[2]);
    }

    /**
     * The members of a cluster.
     *
     * @param self the id of this replica
     * @param peers as in {@link #parse}; empty for a single replica
     * @param alone this replica, used when {@code peers} is empty
     * @throws IllegalArgumentException if ids repeat, this replica is missing or there are too many
     */
    public static List<Member> cluster(String self, List<String> peers, Member alone) {
        if (peers.isEmpty()) {
            return List.of(alone);
        }
        List<Member> members = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String peer : peers) {
            Member member = parse(peer);
            if (!ids.add(member.id())) {
                throw new IllegalArgumentException("the node id '" + member.id() + "' is given twice in CLUSTER_PEERS");
            }
            members.add(member);
        }
        if (!ids.contains(self)) {
            throw new IllegalArgumentException("CLUSTER_PEERS " + ids + " lacks this node, '" + self + "'");
        }
        if (members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("at most " + MAX_MEMBERS + " replicas");
        }
        return List.copyOf(members);
    }

    /** The host of {@code host:port}. */
    public static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    /** The port of {@code host:port}. */
    public static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Whether a text is {@code host:port}; an IPv6 address stands in brackets. */
    public static boolean isHostPort(String address) {
        return address.matches("([^:=,\\s]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}") && port(address) <= 65_535;
    }

    private static void requireHostPort(String address) {
        if (!isHostPort(address)) {
            throw new IllegalArgumentException("not host:port: '" + address + "'");
        }
    }
}
