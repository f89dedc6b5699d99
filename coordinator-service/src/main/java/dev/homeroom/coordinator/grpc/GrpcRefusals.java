package dev.homeroom.coordinator.grpc;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.v1.Problem;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.quarkus.grpc.auth.DefaultAuthExceptionHandlerProvider;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;

/** No token, or a bad one: UNAUTHENTICATED, as HTTP's 401; a token without the role: PERMISSION_DENIED, as its 403. */
@ApplicationScoped
public class GrpcRefusals extends DefaultAuthExceptionHandlerProvider {
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public StatusException transformToStatusException(Throwable failure) {
        boolean unknown = failure instanceof UnauthorizedException || failure instanceof AuthenticationException;
        ProblemType type = unknown ? ProblemType.UNAUTHENTICATED : ProblemType.FORBIDDEN;
        Metadata trailers = new Metadata();
        trailers.put(
                Problems.TRAILER,
                Problem.newBuilder()
                        .setType(type.urn())
                        .setTitle(type.title())
                        .setStatus(type.status())
                        .setDetail(type.title() + ".")
                        .build()
                        .toByteArray());
        Status status = unknown ? Status.UNAUTHENTICATED : Status.PERMISSION_DENIED;
        return status.withDescription(type.title()).asException(trailers);
    }
}
