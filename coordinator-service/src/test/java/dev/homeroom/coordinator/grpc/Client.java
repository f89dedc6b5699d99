package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorBlockingStub;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorFutureStub;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorStub;
import dev.homeroom.coordinator.v1.Problem;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.RequestId;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.Terms;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.token.TokenRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the tests of the gRPC surface have in common: one connection. */
final class Client implements AutoCloseable {
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class))
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();

    CoordinatorBlockingStub as(String role) {
        return as(role, "test-" + role);
    }

    CoordinatorBlockingStub as(String role, String subject) {
        return with(CoordinatorGrpc.newBlockingStub(channel), token(role, subject))
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    CoordinatorFutureStub later(String role, String subject) {
        return with(CoordinatorGrpc.newFutureStub(channel), token(role, subject))
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    CoordinatorStub streams(String role) {
        return with(CoordinatorGrpc.newStub(channel), token(role, "test-" + role));
    }

    CoordinatorBlockingStub withToken(String token) {
        return with(CoordinatorGrpc.newBlockingStub(channel), token).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    CoordinatorBlockingStub anonymous() {
        return CoordinatorGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    private static String token(String role, String subject) {
        return JwtResource.issuer().issue(TokenRequest.of(subject, role));
    }

    private static <S extends AbstractStub<S>> S with(S stub, String token) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    Session register(String prefix) {
        return as("agent")
                .registerSession(RegisterSessionRequest.newBuilder()
                        .setId(prefix + "-" + UUID.randomUUID())
                        .setInstance("i")
                        .setHost("dev-1")
                        .setTty("pts/3")
                        .setMaxConcurrentTasks(10)
                        .build());
    }

    static AcquireRequest acquire(Session session, String kind, String name) {
        return AcquireRequest.newBuilder()
                .setKind(kind)
                .setName(name)
                .setSession(session.getId())
                .setIncarnation(session.getIncarnation())
                .build();
    }

    static AcquireRequest waiting(Session session, String kind, String name, long seconds, long seq) {
        return acquire(session, kind, name).toBuilder()
                .setTerms(Terms.newBuilder().setWait(Duration.newBuilder().setSeconds(seconds)))
                .setRequest(RequestId.newBuilder().setSeq(seq).setUnanswered(seq))
                .build();
    }

    static String fresh(String prefix) {
        return prefix + "/" + UUID.randomUUID();
    }

    static StatusRuntimeException refusal(Runnable call) {
        return Objects.requireNonNull(
                catchThrowableOfType(StatusRuntimeException.class, call::run), "it was not refused");
    }

    static Status.Code code(Runnable call) {
        return refusal(call).getStatus().getCode();
    }

    static Problem problem(Runnable call) {
        return problem(refusal(call));
    }

    static Problem problem(StatusRuntimeException refused) {
        try {
            return Problem.parseFrom(
                    Objects.requireNonNull(refused.getTrailers()).get(Problems.TRAILER));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
