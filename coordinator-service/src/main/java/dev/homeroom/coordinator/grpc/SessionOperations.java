package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.desk.Patience;
import dev.homeroom.coordinator.desk.Pending;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.SessionOperation;
import dev.homeroom.coordinator.v1.SessionReply;
import dev.homeroom.coordinator.v1.SessionRequest;
import dev.homeroom.coordinator.v1.SessionResult;
import dev.homeroom.coordinator.v1.Strategy;
import dev.homeroom.coordinator.v1.Terms;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operations of a session's stream: commands for the front desk, and answers as results. */
@ApplicationScoped
public class SessionOperations {
    private final FrontDesk desk;
    private final SessionCalls sessions;

    /** Over the front desk. */
    @Inject
    public SessionOperations(FrontDesk desk, SessionCalls sessions) {
        this.desk = desk;
        this.sessions = sessions;
    }

    StreamObserver<SessionRequest> converse(StreamObserver<SessionReply> out) {
        if (!(out instanceof ServerCallStreamObserver<SessionReply> call)) {
            throw new IllegalStateException("not the server's side of a call");
        }
        Caller caller = Doorkeeper.caller();
        Conversation conversation =
                new Conversation(call, (operation, result) -> begin(caller, operation, result), turn());
        Doorkeeper.whenOver(conversation::end);
        return conversation;
    }

    /** Results are sent where the connection lives: the thread that hands out answers is not kept, nor raced. */
    private static Executor turn() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : action -> context.runOnContext(now -> action.run());
    }

    /** Whether its terms let it wait or try again. */
    static boolean mayWait(SessionOperation operation) {
        return switch (operation.getOperationCase()) {
            case ACQUIRE -> mayWait(operation.getAcquire().getTerms());
            case ACQUIRE_ALL -> mayWait(operation.getAcquireAll().getTerms());
            default -> false;
        };
    }

    private static boolean mayWait(Terms terms) {
        return terms.getStrategy() == Strategy.RETRY || terms.hasWait() || terms.hasRetry();
    }

    static SessionResult refused(SessionOperation operation, Throwable failure) {
        return SessionResult.newBuilder()
                .setId(operation.getId())
                .setProblem(Problems.of(failure))
                .build();
    }

    private @Nullable Pending begin(Caller caller, SessionOperation operation, Consumer<SessionResult> result) {
        try {
            return switch (operation.getOperationCase()) {
                case ACQUIRE -> acquire(caller, operation, result);
                case ACQUIRE_ALL -> acquireAll(caller, operation, result);
                case HEARTBEAT -> heartbeat(caller, operation, result);
                case RENEW -> ask(caller, operation, Commands.renew(operation.getRenew()), result);
                case RELEASE -> ask(caller, operation, Commands.release(operation.getRelease()), result);
                case CONSUME -> ask(caller, operation, Commands.consume(operation.getConsume()), result);
                case REFUND -> ask(caller, operation, Commands.refund(operation.getRefund()), result);
                case REGISTER_SESSION ->
                    ask(caller, operation, sessions.registration(operation.getRegisterSession()), result);
                case OPERATION_NOT_SET ->
                    throw new IllegalArgumentException("the operation is missing, or not known here");
            };
        } catch (RuntimeException e) {
            result.accept(refused(operation, e));
            return null;
        }
    }

    private Pending acquire(Caller caller, SessionOperation operation, Consumer<SessionResult> result) {
        var request = operation.getAcquire();
        return acquire(
                caller, operation, Commands.acquire(request, caller), Commands.patience(request.getTerms()), result);
    }

    private Pending acquireAll(Caller caller, SessionOperation operation, Consumer<SessionResult> result) {
        var request = operation.getAcquireAll();
        return acquire(
                caller, operation, Commands.acquireAll(request, caller), Commands.patience(request.getTerms()), result);
    }

    private Pending acquire(
            Caller caller,
            SessionOperation operation,
            Command.OfSession command,
            @Nullable Patience patience,
            Consumer<SessionResult> result) {
        Pending pending = desk.acquire(caller, command, patience);
        var unused =
                pending.answer().whenComplete((answer, failure) -> result.accept(result(operation, answer, failure)));
        return pending;
    }

    private @Nullable Pending ask(
            Caller caller, SessionOperation operation, Command command, Consumer<SessionResult> result) {
        var unused = desk.submit(caller, command)
                .whenComplete((answer, failure) -> result.accept(result(operation, answer, failure)));
        return null;
    }

    private @Nullable Pending heartbeat(Caller caller, SessionOperation operation, Consumer<SessionResult> result) {
        HeartbeatsRequest request = operation.getHeartbeat();
        var unused = sessions.beats(caller, request).whenComplete((response, failure) -> {
            result.accept(
                    failure == null
                            ? SessionResult.newBuilder()
                                    .setId(operation.getId())
                                    .setHeartbeat(response)
                                    .build()
                            : refused(operation, failure));
        });
        return null;
    }

    private static SessionResult result(
            SessionOperation operation, @Nullable Answer answer, @Nullable Throwable failure) {
        try {
            SessionResult.Builder result = SessionResult.newBuilder().setId(operation.getId());
            boolean told = answer != null && tell(operation.getOperationCase(), answer, result);
            return (told ? result : result.setProblem(Problems.of(answer, failure))).build();
        } catch (RuntimeException e) {
            return refused(operation, e);
        }
    }

    /** False when this answer is none to the operation: then it was rejected. */
    private static boolean tell(SessionOperation.OperationCase operation, Answer answer, SessionResult.Builder result) {
        switch (answer) {
            case Answer.Granted granted
            when operation == SessionOperation.OperationCase.RENEW -> result.setRenew(Messages.granted(granted));
            case Answer.Granted granted -> result.setAcquire(Messages.granted(granted));
            case Answer.GrantedAll granted -> result.setAcquireAll(Messages.grantedAll(granted));
            case Answer.Released released -> result.setRelease(Messages.released(released));
            case Answer.Consumed used
            when operation == SessionOperation.OperationCase.REFUND -> result.setRefund(Messages.used(used));
            case Answer.Consumed used -> result.setConsume(Messages.used(used));
            case Answer.OneSession one -> result.setRegisterSession(Messages.session(one.session()));
            default -> {
                return false;
            }
        }
        return true;
    }
}
