package dev.homeroom.bench.etcd;

import com.google.protobuf.ByteString;
import dev.homeroom.bench.etcd.v3.Compare;
import dev.homeroom.bench.etcd.v3.DeleteRangeRequest;
import dev.homeroom.bench.etcd.v3.KVGrpc;
import dev.homeroom.bench.etcd.v3.KVGrpc.KVStub;
import dev.homeroom.bench.etcd.v3.LeaseGrantRequest;
import dev.homeroom.bench.etcd.v3.LeaseGrpc;
import dev.homeroom.bench.etcd.v3.LeaseKeepAliveRequest;
import dev.homeroom.bench.etcd.v3.LeaseKeepAliveResponse;
import dev.homeroom.bench.etcd.v3.PutRequest;
import dev.homeroom.bench.etcd.v3.RequestOp;
import dev.homeroom.bench.etcd.v3.TxnRequest;
import dev.homeroom.bench.etcd.v3.TxnResponse;
import dev.homeroom.bench.load.AllOf;
import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Pipe;
import dev.homeroom.bench.load.Reply;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.server.EtcdCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same on etcd through gRPC: a lock is a key put under a lease if it is absent, its revision is the fencing token;
 * given back by deleting it if its lease is still ours. A session is a lease and a key under it.
 */
public final class EtcdSubject implements Subject {
    private static final long LEASE_SECONDS = 3_600;
    private static final int CONNECTIONS = 2;
    private static final int STREAMS = 32;
    private static final int BATCH = 100;
    private static final ByteString VALUE = ByteString.copyFromUtf8("bench dev-1 pts/3 4242");
    /** etcd chooses the ids. */
    private static final LeaseGrantRequest LEASE =
            LeaseGrantRequest.newBuilder().setTTL(LEASE_SECONDS).build();

    private final EtcdCluster cluster;
    private final Channels channels;
    private final AtomicLong ids = new AtomicLong();

    /** Connects to all members. */
    public EtcdSubject(EtcdCluster cluster) {
        this.cluster = cluster;
        this.channels = new Channels(cluster.ports(), CONNECTIONS, List.of());
    }

    @Override
    public String system() {
        return "etcd";
    }

    @Override
    public int nodes() {
        return cluster.ports().size();
    }

    @Override
    public List<Long> pids() {
        return cluster.pids();
    }

    @Override
    public Optional<Prepared> prepare(Load load) {
        return switch (load.operation()) {
            case Operations.LOCK_PAIR -> {
                List<Long> leases = leases(load.callers());
                yield Prepared.of((caller, done) -> pair(channels, caller, leases.get(caller), done));
            }
            case Operations.LOCK_PAIR_APART -> {
                List<Long> leases = leases(load.callers());
                Channels own = new Channels(
                        cluster.ports(), load.callers() / cluster.ports().size(), List.of());
                yield Optional.of(new Prepared(
                        (caller, done) -> pair(own, caller, leases.get(caller), done), 1, Map.of(), own::close));
            }
            case Operations.REGISTER -> Prepared.of(this::register);
            case Operations.HEARTBEAT -> Optional.of(keepAlives(load.callers()));
            default -> Optional.empty();
        };
    }

    private static void pair(Channels channels, int caller, long lease, Step.Done done) {
        ByteString key = ByteString.copyFromUtf8("lock/bench-" + caller);
        KVStub kv = KVGrpc.newStub(channels.of(caller));
        TxnRequest take = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setTarget(Compare.CompareTarget.CREATE)
                        .setKey(key)
                        .setCreateRevision(0))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder()
                                .setKey(key)
                                .setValue(VALUE)
                                .setLease(lease)))
                .build();
        TxnRequest give = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setTarget(Compare.CompareTarget.LEASE)
                        .setKey(key)
                        .setLease(lease))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(key)))
                .build();
        kv.txn(take, succeeded(done, () -> {
            done.part();
            kv.txn(give, succeeded(done, done::ok));
        }));
    }

    private static Reply<TxnResponse> succeeded(Step.Done done, Runnable next) {
        return new Reply<>(done, response -> {
            if (response.getSucceeded()) {
                next.run();
            } else {
                done.failed(new IllegalStateException("etcd says no"));
            }
        });
    }

    private void register(int caller, Step.Done done) {
        LeaseGrpc.newStub(channels.of(caller)).leaseGrant(LEASE, new Reply<>(done, lease -> {
            PutRequest put = PutRequest.newBuilder()
                    .setKey(ByteString.copyFromUtf8("session/r" + ids.incrementAndGet()))
                    .setValue(VALUE)
                    .setLease(lease.getID())
                    .build();
            KVGrpc.newStub(channels.of(caller)).put(put, new Reply<>(done, response -> done.ok()));
        }));
    }

    /** etcd takes one lease a message; a turn is as many messages as a message of ours has heartbeats. */
    private Prepared keepAlives(int callers) {
        List<Long> leases = leases(callers * BATCH);
        List<Pipe<LeaseKeepAliveRequest, LeaseKeepAliveResponse>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            var stub = LeaseGrpc.newStub(channels.of(i));
            streams.add(new Pipe<>(stub::leaseKeepAlive, response -> response.getTTL() > 0));
        }
        List<LeaseKeepAliveRequest> requests = leases.stream()
                .map(id -> LeaseKeepAliveRequest.newBuilder().setID(id).build())
                .toList();
        Step step = (caller, done) -> {
            Step.Done each = new AllOf(BATCH, done);
            for (int i = caller * BATCH; i < (caller + 1) * BATCH; i++) {
                streams.get(caller % STREAMS).send(requests.get(i), each);
            }
        };
        return new Prepared(
                step, BATCH, Map.of("streams", STREAMS, "per_message", 1), () -> streams.forEach(Pipe::end));
    }

    private List<Long> leases(int count) {
        var stub = LeaseGrpc.newBlockingStub(channels.of(0));
        List<Long> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(stub.leaseGrant(LEASE).getID());
        }
        return leases;
    }

    @Override
    public void close() {
        channels.close();
    }
}
