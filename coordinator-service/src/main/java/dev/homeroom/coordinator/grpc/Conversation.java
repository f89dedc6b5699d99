package dev.homeroom.coordinator.grpc;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.HandOut;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.desk.Pending;
import dev.homeroom.coordinator.v1.SessionOperation;
import dev.homeroom.coordinator.v1.SessionReply;
import dev.homeroom.coordinator.v1.SessionRequest;
import dev.homeroom.coordinator.v1.SessionResult;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of operations, each answered as soon as it can be; what becomes ready together goes out in one message.
 * Operations that do not wait are bounded by flow control, beyond {@link #MOST} by refusal; those that wait have room of
 * their own, so they hold up nobody. Results count until they are sent: a client that does not read costs no memory.
 * Thread-safe.
 */
final class Conversation implements StreamObserver<SessionRequest> {
    /** Operations in one message. */
    static final int OPERATIONS = Calls.ITEMS;
    /** The next message is taken while fewer are under way, each heartbeat counted: enough to fill two log entries. */
    static final int UNDER_WAY = 1_024;
    /** Beyond so many, operations are refused; whoever sends at most {@link #UNDER_WAY} a message never meets it. */
    static final int MOST = 2 * UNDER_WAY;
    /** Acquires that wait. */
    static final int WAITS = 1_024;
    /** Results in one message: those of one log entry. */
    static final int GATHERED = 512;
    /** A message above this size gets no further result; well below the 4 MiB that clients take by default. */
    static final int GATHERED_BYTES = 1 << 20;

    private final ServerCallStreamObserver<SessionReply> out;
    private final Operations operations;
    private final Executor turn;
    private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Slot> waits = ConcurrentHashMap.newKeySet();
    private boolean asked;
    private boolean inputEnded;
    private volatile boolean over;

    /** What is done with an operation. */
    interface Operations {
        /**
         * Begins it. Never throws, never waits.
         *
         * @param result called exactly once, on any thread
         * @return what can be abandoned; null: nothing
         */
        @Nullable
        Pending begin(SessionOperation operation, Consumer<SessionResult> result);
    }

    private static final class Slot {
        private final int weight;
        private final boolean wait;
        private volatile @Nullable Pending pending;

        Slot(int weight, boolean wait) {
            this.weight = weight;
            this.wait = wait;
        }

        void abandon() {
            Pending begun = pending;
            if (begun != null) {
                begun.abandon();
            }
        }
    }

    private record Ready(Slot slot, SessionResult result) {}

    /** Over {@code operations}; results are sent on {@code turn}, which runs one action after the other. */
    Conversation(ServerCallStreamObserver<SessionReply> out, Operations operations, Executor turn) {
        this.out = out;
        this.operations = operations;
        this.turn = turn;
        out.disableAutoRequest();
        out.setOnReadyHandler(this::pump);
        out.setOnCancelHandler(this::end);
        asked = true;
        out.request(1);
    }

    @Override
    public void onNext(SessionRequest request) {
        synchronized (this) {
            asked = false;
            if (over) {
                return;
            }
        }
        if (request.getOperationsCount() > OPERATIONS) {
            refuse("at most " + OPERATIONS + " operations in a message, not " + request.getOperationsCount());
            return;
        }
        for (SessionOperation operation : request.getOperationsList()) {
            begin(operation);
        }
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onCompleted() {
        synchronized (this) {
            inputEnded = true;
        }
        pump();
    }

    /** The stream is over: its waits end, and nothing more is sent. Without effect the second time. */
    void end() {
        synchronized (this) {
            over = true;
        }
        ready.clear();
        List.copyOf(waits).forEach(Slot::abandon);
    }

    private void refuse(String detail) {
        boolean first;
        synchronized (this) {
            first = !over;
            over = true;
        }
        if (first) {
            out.onError(Problems.status(ProblemType.INVALID, detail));
        }
        end();
    }

    private void begin(SessionOperation operation) {
        boolean wait = SessionOperations.mayWait(operation);
        int most = wait ? WAITS : MOST;
        AtomicInteger count = wait ? waiting : underWay;
        int weight = Math.max(1, operation.getHeartbeat().getHeartbeatsCount());
        if (count.get() + weight > most) {
            Slot slot = new Slot(1, false);
            underWay.incrementAndGet();
            answered(slot, SessionOperations.refused(operation, overloaded(most, wait)));
            return;
        }
        Slot slot = new Slot(weight, wait);
        count.addAndGet(weight);
        if (!wait) {
            var unused = operations.begin(operation, result -> answered(slot, result));
            return;
        }
        waits.add(slot);
        slot.pending = operations.begin(operation, result -> answered(slot, result));
        if (over) {
            slot.abandon();
        }
    }

    private static Unanswered overloaded(int most, boolean wait) {
        return new Unanswered(
                Unanswered.Reason.OVERLOADED,
                "A stream has at most " + most + (wait ? " operations that wait" : " operations under way"));
    }

    /** Keeps a result for the next message; the first of a batch calls for it to be sent when all are there. */
    private void answered(Slot slot, SessionResult result) {
        if (slot.wait) {
            waits.remove(slot);
        }
        if (over) {
            return;
        }
        ready.add(new Ready(slot, result));
        if (called.compareAndSet(false, true)) {
            HandOut.after(() -> turn.execute(this::called));
        }
    }

    private void called() {
        called.set(false);
        pump();
    }

    /** Sends what is ready, as far as the client reads it, and asks for more. */
    private synchronized void pump() {
        if (over) {
            return;
        }
        while (!ready.isEmpty() && out.isReady()) {
            out.onNext(gather());
        }
        int open = underWay.get();
        if (inputEnded) {
            if (open == 0 && waiting.get() == 0) {
                over = true;
                out.onCompleted();
            }
        } else if (!asked && open < UNDER_WAY && out.isReady()) {
            asked = true;
            out.request(1);
        }
    }

    private SessionReply gather() {
        List<SessionResult> results = new ArrayList<>();
        int bytes = 0;
        while (results.size() < GATHERED && bytes < GATHERED_BYTES) {
            Ready next = ready.poll();
            if (next == null) {
                break;
            }
            results.add(next.result());
            bytes += next.result().getSerializedSize();
            (next.slot().wait ? waiting : underWay).addAndGet(-next.slot().weight);
        }
        return SessionReply.newBuilder().addAllResults(results).build();
    }
}
