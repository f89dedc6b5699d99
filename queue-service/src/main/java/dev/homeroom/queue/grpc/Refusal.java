package dev.homeroom.queue.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.homeroom.coordinator.v1.Problem;
import dev.homeroom.queue.core.CoordinatorProblem;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** The problem in the trailer of a call that the coordinator refused: that is an answer, unlike one that it never got. */
final class Refusal {
    private static final Metadata.Key<byte[]> PROBLEM =
            Metadata.Key.of("homeroom-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** The least status of a problem that says that a part does not answer, not that something is refused. */
    private static final int UNANSWERED = 500;

    private Refusal() {}

    /** Empty when the coordinator did not answer, or could not. */
    static Optional<CoordinatorProblem> of(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var trailers = cause instanceof StatusRuntimeException e ? e.getTrailers() : null;
            var bytes = trailers == null ? null : trailers.get(PROBLEM);
            if (bytes != null) {
                return read(bytes);
            }
        }
        return Optional.empty();
    }

    private static Optional<CoordinatorProblem> read(byte[] bytes) {
        try {
            var problem = Problem.parseFrom(bytes);
            return problem.getStatus() < UNANSWERED ? Optional.of(Translation.problem(problem)) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
