package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.StaleAnswer;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.desk.Patience;
import dev.homeroom.coordinator.desk.Pending;
import dev.homeroom.coordinator.v1.Staleness;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the question of a call to the front desk and sends the answer, or why there is none. */
@ApplicationScoped
public class Calls {
    /** Items of one batch; the size of a message is bounded besides. */
    static final int ITEMS = 1_000;

    private final FrontDesk desk;

    /** Over the front desk. */
    @Inject
    public Calls(FrontDesk desk) {
        this.desk = desk;
    }

    /** What becomes of one of many; either the answer or the failure is there. */
    interface Each<Q, T> {
        T of(Q item, @Nullable Answer answer, @Nullable Throwable failure);
    }

    /** A command that may be refused while it is made. */
    <A extends Answer, T> void ask(
            StreamObserver<T> out, Function<Caller, Command> command, Class<A> expected, Function<A, T> message) {
        ask(Doorkeeper.caller(), out, command, expected, message);
    }

    /** The same, also outside the thread of the call. */
    <A extends Answer, T> void ask(
            Caller caller,
            StreamObserver<T> out,
            Function<Caller, Command> command,
            Class<A> expected,
            Function<A, T> message) {
        try {
            send(out, desk.submit(caller, command.apply(caller)), expected, message);
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    /** The same, exactly once when there is an id. */
    <A extends Answer, T> void once(
            StreamObserver<T> out,
            String requestId,
            Function<Caller, Command> command,
            Class<A> expected,
            Function<A, T> message) {
        once(Doorkeeper.caller(), out, requestId, command, expected, message);
    }

    /** The same, also outside the thread of the call. */
    <A extends Answer, T> void once(
            Caller caller,
            StreamObserver<T> out,
            String requestId,
            Function<Caller, Command> command,
            Class<A> expected,
            Function<A, T> message) {
        ask(caller, out, who -> Named.once(who, requestId, command.apply(who)), expected, message);
    }

    /** A read: through the log or, when the caller takes it, from this replica's copy. */
    <A extends Answer, T> void read(
            StreamObserver<T> out,
            boolean stale,
            Function<Caller, Command> command,
            Class<A> expected,
            BiFunction<A, @Nullable Staleness, T> message) {
        if (!stale) {
            ask(out, command, expected, answer -> message.apply(answer, null));
            return;
        }
        try {
            StaleAnswer given = desk.stale(command.apply(Doorkeeper.caller()));
            Staleness staleness = Staleness.newBuilder()
                    .setIndex(given.appliedIndex())
                    .setAge(Times.duration(given.ageMillis()))
                    .build();
            send(
                    out,
                    CompletableFuture.completedFuture(given.answer()),
                    expected,
                    answer -> message.apply(answer, staleness));
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    /** Acquires; a call that is cancelled ends its wait. */
    <A extends Answer, T> void acquire(
            StreamObserver<T> out,
            Function<Caller, Command.OfSession> command,
            @Nullable Patience patience,
            Class<A> expected,
            Function<A, T> message) {
        Caller caller = Doorkeeper.caller();
        Pending pending = desk.acquire(caller, command.apply(caller), patience);
        if (pending.mayTakeLong()) {
            Doorkeeper.whenOver(pending::abandon);
        }
        send(out, pending.answer(), expected, message);
    }

    /** Many, each for itself, in the order of the items. */
    <Q, T> CompletionStage<List<T>> each(Caller caller, List<Q> items, Function<Q, Command> command, Each<Q, T> each) {
        if (items.size() > ITEMS) {
            throw new IllegalArgumentException("at most " + ITEMS + " items in a request, not " + items.size());
        }
        List<CompletableFuture<T>> results = new ArrayList<>(items.size());
        for (Q item : items) {
            results.add(one(caller, item, command)
                    .handle((answer, failure) -> each.of(item, answer, failure))
                    .toCompletableFuture());
        }
        if (results.size() == 1) {
            return results.getFirst().thenApply(List::of);
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(all -> results.stream().map(CompletableFuture::join).toList());
    }

    private <Q> CompletionStage<Answer> one(Caller caller, Q item, Function<Q, Command> command) {
        try {
            return desk.submit(caller, command.apply(item));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends what comes, once. */
    static <T> void send(StreamObserver<T> out, CompletionStage<T> message) {
        var unused = message.whenComplete((sent, failure) -> {
            if (failure != null) {
                out.onError(Problems.status(failure));
            } else {
                out.onNext(sent);
                out.onCompleted();
            }
        });
    }

    private static <A extends Answer, T> void send(
            StreamObserver<T> out, CompletionStage<Answer> answer, Class<A> expected, Function<A, T> message) {
        var unused = answer.whenComplete((given, failure) -> {
            if (failure != null) {
                out.onError(Problems.status(failure));
            } else if (given instanceof Answer.Rejected rejected) {
                out.onError(Problems.status(new Refused(rejected.rejection())));
            } else {
                out.onNext(message.apply(expected.cast(given)));
                out.onCompleted();
            }
        });
    }
}
