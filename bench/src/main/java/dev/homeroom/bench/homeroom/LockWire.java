package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Reply;
import dev.homeroom.bench.load.Step;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorStub;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How a lock is acquired and released; what fails ends the turn. */
interface LockWire {
    void acquire(AcquireRequest request, Step.Done done, Consumer<Grant> then);

    void release(ReleaseRequest request, Step.Done done);

    /** A call for each request. */
    static List<LockWire> unary(Channels channels, int callers) {
        List<LockWire> wires = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            wires.add(new Unary(CoordinatorGrpc.newStub(channels.of(i))));
        }
        return wires;
    }

    /** A call for each request. */
    record Unary(CoordinatorStub stub) implements LockWire {
        @Override
        public void acquire(AcquireRequest request, Step.Done done, Consumer<Grant> then) {
            stub.acquire(request, new Reply<>(done, then));
        }

        @Override
        public void release(ReleaseRequest request, Step.Done done) {
            stub.release(request, new Reply<>(done, released -> done.ok()));
        }
    }
}
