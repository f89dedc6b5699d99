package dev.homeroom.coordinator.grpc;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.Advice;
import dev.homeroom.coordinator.Refusals;
import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.desk.Denied;
import dev.homeroom.coordinator.v1.Problem;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Refusals as the contract wants them: a Problem, in a trailer or beside the item it concerns. */
final class Problems {
    /** The trailer that holds the {@link Problem} of a refused call. */
    static final Metadata.Key<byte[]> TRAILER =
            Metadata.Key.of("homeroom-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private Problems() {}

    static Problem of(Rejection rejection) {
        Problem.Builder problem = of(Refusals.typeOf(rejection.reason()), rejection.detail())
                .setQueuePosition(rejection.queuePosition())
                .addAllNext(Advice.after(rejection))
                .addAllCycle(rejection.cycle());
        if (rejection.holder() != null) {
            problem.setHolder(Messages.holder(rejection.holder()));
        }
        long retry = Refusals.retryAfterMs(rejection);
        if (retry > 0) {
            problem.setRetryAfter(Times.duration(retry));
        }
        return problem.build();
    }

    /** What became of one of many that has no answer of the expected kind. */
    static Problem of(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer instanceof Answer.Rejected rejected) {
            return of(rejected.rejection());
        }
        return of(failure == null ? new IllegalStateException("unexpected answer " + answer) : failure);
    }

    static Problem of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case Refused refused -> of(refused.rejection());
            case Denied denied ->
                of(ProblemType.FORBIDDEN, String.valueOf(denied.getMessage())).build();
            case Unanswered unanswered -> {
                Problem.Builder problem = of(
                                Refusals.typeOf(unanswered.reason()), String.valueOf(unanswered.getMessage()))
                        .addAllNext(unanswered.next());
                long retry = Refusals.retryAfterMs(unanswered.reason());
                if (retry > 0) {
                    problem.setRetryAfter(Times.duration(retry));
                }
                yield problem.build();
            }
            case IllegalArgumentException invalid ->
                of(ProblemType.INVALID, String.valueOf(invalid.getMessage())).build();
            default -> {
                LOG.error("A gRPC call failed", failure);
                yield of(ProblemType.INTERNAL, "The log knows more.").build();
            }
        };
    }

    /** The failure of a whole call. */
    static StatusRuntimeException status(Throwable failure) {
        return failure instanceof StatusRuntimeException already ? already : status(of(failure));
    }

    /** The refusal of a whole call. */
    static StatusRuntimeException status(ProblemType type, String detail) {
        return status(of(type, detail).build());
    }

    private static StatusRuntimeException status(Problem problem) {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, problem.toByteArray());
        return code(problem)
                .toStatus()
                .withDescription(problem.getType() + ": " + problem.getDetail())
                .asRuntimeException(trailers);
    }

    private static Problem.Builder of(ProblemType type, String detail) {
        return Problem.newBuilder()
                .setType(type.urn())
                .setTitle(type.title())
                .setStatus(type.status())
                .setDetail(detail);
    }

    private static Status.Code code(Problem problem) {
        return switch (problem.getStatus()) {
            case 400, 413 -> Status.Code.INVALID_ARGUMENT;
            case 401 -> Status.Code.UNAUTHENTICATED;
            case 403 -> Status.Code.PERMISSION_DENIED;
            case 404 -> Status.Code.NOT_FOUND;
            case 409 -> Status.Code.FAILED_PRECONDITION;
            case 422, 429 -> Status.Code.RESOURCE_EXHAUSTED;
            case 503 -> Status.Code.UNAVAILABLE;
            case 504 -> Status.Code.DEADLINE_EXCEEDED;
            default -> Status.Code.INTERNAL;
        };
    }
}
