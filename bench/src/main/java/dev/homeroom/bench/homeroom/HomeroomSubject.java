package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Pipe;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
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
    /** Callers that share a stream for locks, as the agents of a host do. */
    private static final int HOST = 32;
    /** At least one stream a connection, as several hosts have; with few callers they are hosts of few agents. */
    private static final int FEWEST_TALKS = 4;

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
                yield talks(channels, callers, Math.max(FEWEST_TALKS, callers / HOST), prefix, "lock", 0);
            }
            case Operations.LOCK_PAIR_UNARY -> {
                Agents agents = agents(prefix, callers);
                yield Prepared.of(
                        new LockPairs(LockWire.unary(channels, callers), agents, callers, "lock", 0), shape(Map.of()));
            }
            case Operations.LOCK_PAIR_APART -> {
                Channels own = new Channels(ports, callers / ports.size(), interceptors);
                Optional<Prepared> prepared = talks(own, callers, callers, prefix, "lock", 0);
                yield prepared.map(ready -> new Prepared(ready.step(), ready.unitsPerTurn(), ready.shape(), () -> {
                    ready.after().run();
                    own.close();
                }));
            }
            case Operations.LIMIT_PAIR ->
                talks(channels, callers, Math.max(FEWEST_TALKS, callers / HOST), prefix, "limit", LIMIT_KEYS);
            case Operations.HEARTBEAT -> Optional.of(streams(prefix, callers));
            case Operations.HEARTBEAT_UNARY ->
                Prepared.of(Heartbeats.unary(channels, agents(prefix, callers), callers), shape(Map.of()));
            case Operations.REGISTER -> Prepared.of(new Registrations(channels, prefix + "r-"), shape(Map.of()));
            default -> Optional.empty();
        };
    }

    /** Pairs over so many streams, which callers share evenly. */
    private Optional<Prepared> talks(Channels over, int callers, int streams, String prefix, String kind, int names) {
        Agents agents = agents(prefix, callers);
        List<Talk> talks = IntStream.range(0, streams)
                .mapToObj(i -> new Talk(CoordinatorGrpc.newStub(over.of(i))))
                .toList();
        Map<String, Object> shape = new TreeMap<>(Map.of("streams", streams));
        if (names > 0) {
            shape.put("keys", names);
        }
        return Optional.of(new Prepared(
                new LockPairs(talks, agents, callers, kind, names), 1, shape(shape), () -> talks.forEach(Talk::end)));
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
