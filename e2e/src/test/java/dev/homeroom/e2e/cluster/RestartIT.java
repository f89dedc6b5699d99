package dev.homeroom.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.GetResourceRequest;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What sessions hold outlives the replicas, seen through both interfaces of every replica. */
class RestartIT {
    /** Longer than the restarts take: nobody heartbeats here. */
    private static final java.time.Duration LEASE = java.time.Duration.ofMinutes(30);

    private final Cluster cluster = new Cluster(Path.of("target", "restarts").toAbsolutePath());
    private final List<Wire> wires = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    /** What a session was granted before the restart. */
    private record Held(String session, long incarnation, String kind, String name, long token) {}

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
        cluster.close();
    }

    @Test
    @DisplayName(
            "R-S5 a restart of one replica, a new leader and a restart of all lose no session, lock, claim, permit "
                    + "or token, over HTTP and gRPC")
    void nothingIsLost() {
        String token = cluster.token("agent");
        for (Node node : cluster.nodes()) {
            wires.add(new Wire(cluster.network().servicePort(node.number()), token));
        }
        registerOverHttp();
        registerOverGrpc();
        assertAllThere("before any restart");

        Node leader = cluster.leader();
        leader.kill();
        assertAllThereAt(cluster.others(leader), "while the leader is gone");
        leader.start();
        cluster.awaitAllReady();
        assertAllThere("after the leader came back");

        cluster.nodes().forEach(Node::kill);
        cluster.nodes().forEach(Node::start);
        cluster.awaitAllReady();
        assertAllThere("after all were killed");

        assertThat(held).allSatisfy(this::beats);
        long highest = held.stream().mapToLong(Held::token).max().orElseThrow();
        assertThat(acquire(held.getFirst(), "lock", "restart/fresh").getToken())
                .as("a token is never issued again")
                .isGreaterThan(highest);
    }

    private void registerOverHttp() {
        Door door = cluster.nodes().getFirst().door();
        JsonNode session = answer(
                door, "/api/sessions", Map.of("id", "restart-http", "instance", "1", "leaseTimeout", LEASE.toString()));
        long incarnation = session.path("incarnation").asLong();
        for (String kind : List.of("lock", "claim", "limit")) {
            String name = "restart-http-" + kind;
            JsonNode grant = answer(
                    door,
                    "/api/" + kind + "s/" + name + "/acquire",
                    Map.of("session", "restart-http", "incarnation", incarnation));
            held.add(new Held(
                    "restart-http", incarnation, kind, name, grant.path("token").asLong()));
        }
    }

    private static JsonNode answer(Door door, String path, Map<String, ?> body) {
        Door.Reply reply = door.post(path, body);
        assertThat(reply.ok()).as("%s: %s", path, reply).isTrue();
        return reply.body();
    }

    private void registerOverGrpc() {
        Session session = wires.getLast()
                .calls()
                .registerSession(RegisterSessionRequest.newBuilder()
                        .setId("restart-grpc")
                        .setInstance("1")
                        .setLeaseTimeout(Duration.newBuilder().setSeconds(LEASE.toSeconds()))
                        .build());
        for (String kind : List.of("lock", "claim", "limit")) {
            Held wish = new Held(session.getId(), session.getIncarnation(), kind, "restart-grpc-" + kind, 0);
            Grant grant = acquire(wish, kind, wish.name());
            held.add(new Held(wish.session(), wish.incarnation(), kind, wish.name(), grant.getToken()));
        }
    }

    private Grant acquire(Held by, String kind, String name) {
        return wires.getFirst()
                .calls()
                .acquire(AcquireRequest.newBuilder()
                        .setKind(kind)
                        .setName(name)
                        .setSession(by.session())
                        .setIncarnation(by.incarnation())
                        .build());
    }

    private void assertAllThere(String when) {
        assertAllThereAt(cluster.nodes(), when);
    }

    private void assertAllThereAt(List<Node> nodes, String when) {
        for (Node node : nodes) {
            for (Held one : held) {
                String what = "%s of %s at %s, %s".formatted(one.name(), one.session(), node.name(), when);
                assertThat(tokenOverHttp(node, one)).as(what).isEqualTo(one.token());
                assertThat(tokenOverGrpc(node, one)).as(what).isEqualTo(one.token());
            }
        }
    }

    /** Asks until there is a leader to answer. */
    private long tokenOverHttp(Node node, Held one) {
        List<Door.Reply> replies = new ArrayList<>();
        cluster.await("an answer of " + node.name(), () -> {
            Door.Reply reply = node.door().get("/api/sessions/" + one.session());
            replies.add(reply);
            return reply.ok() || reply.status() == 404;
        });
        JsonNode session = replies.getLast().body();
        assertThat(session.path("incarnation").asLong()).isEqualTo(one.incarnation());
        assertThat(session.path("status").asText()).isNotIn("failed", "released");
        for (JsonNode grant : session.path("grants")) {
            if (grant.path("name").asText().equals(one.name())) {
                return grant.path("token").asLong();
            }
        }
        return 0;
    }

    private long tokenOverGrpc(Node node, Held one) {
        var calls = wires.get(node.number()).calls();
        Session session = calls.getSession(
                GetSessionRequest.newBuilder().setId(one.session()).build());
        assertThat(session.getIncarnation()).isEqualTo(one.incarnation());
        var resource = calls.getResource(GetResourceRequest.newBuilder()
                .setKind(one.kind())
                .setName(one.name())
                .build());
        return resource.getGrantsCount() == 0 ? 0 : resource.getGrants(0).getToken();
    }

    private void beats(Held one) {
        var answer = wires.getFirst()
                .calls()
                .heartbeat(HeartbeatsRequest.newBuilder()
                        .addHeartbeats(
                                Heartbeat.newBuilder().setSession(one.session()).setIncarnation(one.incarnation()))
                        .build());
        assertThat(answer.getResults(0).hasProblem()).isFalse();
        assertThat(answer.getResults(0).getRevokedCount()).isZero();
    }
}
