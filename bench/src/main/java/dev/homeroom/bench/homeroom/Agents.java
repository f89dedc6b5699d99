package dev.homeroom.bench.homeroom;

import com.google.protobuf.Duration;
import dev.homeroom.bench.load.Channels;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.Session;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Sessions that the load speaks for. */
public final class Agents {
    private static final int UNDER_WAY = 256;
    /** Instances of this run: the pid sets them apart from those of another one. */
    private static final String RUN = "run-" + ProcessHandle.current().pid() + "-";

    private static final AtomicLong NEXT = new AtomicLong();

    private final AtomicReferenceArray<@Nullable Session> sessions;

    private Agents(int count) {
        this.sessions = new AtomicReferenceArray<>(count);
    }

    /** Registers {@code count} sessions with a lease of that many seconds, and waits for it. */
    static Agents register(Channels channels, String prefix, int count, long leaseSeconds) {
        return register(channels, prefix, count, leaseSeconds, 1);
    }

    /** The same; each session may hold {@code places} tasks at once. */
    public static Agents register(Channels channels, String prefix, int count, long leaseSeconds, int places) {
        Agents agents = new Agents(count);
        Semaphore permits = new Semaphore(UNDER_WAY);
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (int i = 0; i < count && !failed.isDone(); i++) {
            permits.acquireUninterruptibly();
            int index = i;
            CoordinatorGrpc.newStub(channels.of(i))
                    .registerSession(
                            request(prefix + "-" + i, leaseSeconds).toBuilder()
                                    .setMaxConcurrentTasks(places)
                                    .build(),
                            new StreamObserver<Session>() {
                                @Override
                                public void onNext(Session session) {
                                    agents.sessions.set(index, session);
                                }

                                @Override
                                public void onError(Throwable failure) {
                                    failed.completeExceptionally(failure);
                                    permits.release();
                                }

                                @Override
                                public void onCompleted() {
                                    permits.release();
                                }
                            });
        }
        permits.acquireUninterruptibly(UNDER_WAY);
        if (failed.isDone()) {
            failed.join();
        }
        return agents;
    }

    /** A registration as an agent on a developer's machine would send it; each has an instance of its own. */
    static RegisterSessionRequest request(String id, long leaseSeconds) {
        return RegisterSessionRequest.newBuilder()
                .setId(id)
                .setInstance(RUN + NEXT.incrementAndGet())
                .setName("bench")
                .setHost("dev-1")
                .setTty("pts/3")
                .setPid(4242)
                .setLeaseTimeout(Duration.newBuilder().setSeconds(leaseSeconds))
                .build();
    }

    /** One of them, as the coordinator answered. */
    public Session get(int index) {
        Session session = sessions.get(index);
        if (session == null) {
            throw new IllegalStateException("session " + index + " was not registered");
        }
        return session;
    }
}
