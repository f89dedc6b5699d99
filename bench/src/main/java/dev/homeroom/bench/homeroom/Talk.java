package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Step;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorStub;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.SessionOperation;
import dev.homeroom.coordinator.v1.SessionReply;
import dev.homeroom.coordinator.v1.SessionRequest;
import dev.homeroom.coordinator.v1.SessionResult;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that several callers share, as the agents of a host do through their runtime: what they ask while a reply is
 * read goes out in one message, what they ask besides at once. Thread-safe.
 */
final class Talk implements LockWire, StreamObserver<SessionReply> {
    private final StreamObserver<SessionRequest> requests;
    private final Map<Long, Open> open = new HashMap<>();
    private SessionRequest.Builder next = SessionRequest.newBuilder();
    private long id;
    private boolean reading;
    private @Nullable Throwable broken;

    private record Open(Step.Done done, Consumer<SessionResult> then) {}

    /** Opens it. */
    Talk(CoordinatorStub stub) {
        this.requests = stub.converse(this);
    }

    @Override
    public void acquire(AcquireRequest request, Step.Done done, Consumer<Grant> then) {
        ask(SessionOperation.newBuilder().setAcquire(request), done, result -> then.accept(result.getAcquire()));
    }

    @Override
    public void release(ReleaseRequest request, Step.Done done) {
        ask(SessionOperation.newBuilder().setRelease(request), done, result -> done.ok());
    }

    private void ask(SessionOperation.Builder operation, Step.Done done, Consumer<SessionResult> then) {
        Throwable failure;
        synchronized (this) {
            failure = broken;
            if (failure == null) {
                open.put(++id, new Open(done, then));
                next.addOperations(operation.setId(id));
                if (!reading) {
                    send();
                }
            }
        }
        if (failure != null) {
            done.failed(failure);
        }
    }

    private void send() {
        if (next.getOperationsCount() > 0) {
            requests.onNext(next.build());
            next = SessionRequest.newBuilder();
        }
    }

    @Override
    public void onNext(SessionReply reply) {
        synchronized (this) {
            reading = true;
        }
        for (SessionResult result : reply.getResultsList()) {
            answered(result);
        }
        synchronized (this) {
            reading = false;
            if (broken == null) {
                send();
            }
        }
    }

    private void answered(SessionResult result) {
        Open asked;
        synchronized (this) {
            asked = open.remove(result.getId());
        }
        if (asked == null) {
            throw new IllegalStateException("nobody asked for " + result.getId());
        }
        if (result.hasProblem()) {
            asked.done().failed(new IllegalStateException("refused: " + result.getProblem()));
        } else {
            asked.then().accept(result);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onCompleted() {
        end(new IllegalStateException("the stream was ended by the server"));
    }

    private void end(Throwable failure) {
        Map<Long, Open> left;
        synchronized (this) {
            broken = failure;
            left = new HashMap<>(open);
            open.clear();
        }
        left.values().forEach(asked -> asked.done().failed(failure));
    }

    /** Says that nothing more will come. */
    void end() {
        synchronized (this) {
            if (broken == null) {
                requests.onCompleted();
            }
        }
    }
}
