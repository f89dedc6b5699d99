package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Pipe;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.server.HomeroomCluster;
import io.grpc.ClientInterceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The coordinator through gRPC. With three replicas the callers talk to the leader, or are spread over all. */
public final class HomeroomSubject implements Subject {
    /** Heartbeats in a message of a keep-alive stream, as a worker host with as many agents would send. */
    private static final int BATCH = 100;

    private static final int STREAMS = 32;
    private static final int CONNECTIONS = 2;
    private static final int LIMIT_KEYS = 8;
    /** Longer than a run: no session of one operation expires during another. */
    private static final long LEASE_SECONDS = 3_600;

    private final HomeroomCluster cluster;
    private final boolean spread;
    private final List<Integer> ports;
    private final List<ClientInterceptor> interceptors;
    private final Channels channels;
    private int run;

    /** {@code spread}: over all replicas, most of which hand the request on to the leader. */
    public HomeroomSubject(HomeroomCluster cluster, boolean spread) {
        this.cluster = cluster;
        this.spread = spread;
        this.ports = spread
                ? IntStream.range(0, cluster.nodes())
                        .mapToObj(cluster::httpPort)
                        .toList()
                : List.of(cluster.httpPort(Math.max(0, cluster.leader())));
        this.interceptors = List.of(Scenario.bearer(cluster));
        this.channels = new Channels(ports, CONNECTIONS, interceptors);
    }

    @Override
    public String system() {
        return "homeroom";
    }

    @Override
    public int nodes() {
        return cluster.nodes();
    }

    @Override
    public List<Long> pids() {
        return cluster.pids();
    }

    @Override
    public Optional<Prepared> prepare(Load load) {
        String prefix = "b" + ++run + (spread ? "s" : "");
        int callers = load.callers();
        return switch (load.operation()) {
            case Operations.LOCK_PAIR -> {
                Agents agents = agents(prefix, callers);
                yield Prepared.of(new LockPairs(channels, agents, callers, "lock", 0), shape(Map.of()));
            }
            case Operations.LOCK_PAIR_APART -> {
                Channels own = new Channels(ports, callers / ports.size(), interceptors);
                Agents agents = agents(prefix, callers);
                yield Optional.of(
                        new Prepared(new LockPairs(own, agents, callers, "lock", 0), 1, shape(Map.of()), own::close));
            }
            case Operations.LIMIT_PAIR -> {
                Agents agents = agents(prefix, callers);
                yield Prepared.of(
                        new LockPairs(channels, agents, callers, "limit", LIMIT_KEYS),
                        shape(Map.of("keys", LIMIT_KEYS)));
            }
            case Operations.HEARTBEAT -> Optional.of(streams(prefix, callers));
            case Operations.HEARTBEAT_UNARY ->
                Prepared.of(Heartbeats.unary(channels, agents(prefix, callers), callers), shape(Map.of()));
            case Operations.REGISTER -> Prepared.of(new Registrations(channels, prefix + "r-"), shape(Map.of()));
            default -> Optional.empty();
        };
    }

    private Prepared streams(String prefix, int callers) {
        Agents agents = agents(prefix, callers * BATCH);
        var streams = Heartbeats.streams(channels, STREAMS);
        return new Prepared(
                Heartbeats.overStreams(streams, agents, callers, BATCH),
                BATCH,
                shape(Map.of("streams", STREAMS, "per_message", BATCH)),
                () -> streams.forEach(Pipe::end));
    }

    private Map<String, Object> shape(Map<String, Object> shape) {
        if (cluster.nodes() == 1) {
            return shape;
        }
        Map<String, Object> more = new TreeMap<>(shape);
        more.put("via", spread ? "all replicas" : "the leader");
        return more;
    }

    private Agents agents(String prefix, int count) {
        return Agents.register(channels, prefix, count, LEASE_SECONDS);
    }

    @Override
    public void close() {
        channels.close();
    }
}
