package dev.homeroom.coordinator.grpc;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import dev.homeroom.coordinator.Coordinator;
import dev.homeroom.coordinator.LeaderLink;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.internal.v1.ForwardReply;
import dev.homeroom.coordinator.internal.v1.ForwardRequest;
import dev.homeroom.coordinator.internal.v1.ForwardResult;
import dev.homeroom.coordinator.internal.v1.LeaderLinkGrpc;
import dev.homeroom.platform.security.ServiceToken;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Hands commands to the leader over gRPC, with the service token. */
@ApplicationScoped
public class GrpcLeaderLink implements LeaderLink {
    /** Commands on their way to the leader; over it, refused. */
    static final int IN_FLIGHT = 4_096;

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final CallCredentials credentials;
    private final Semaphore flights = new Semaphore(IN_FLIGHT);
    private final ConcurrentMap<String, ManagedChannel> channels = new ConcurrentHashMap<>();

    /** With this service's token. */
    @Inject
    public GrpcLeaderLink(ServiceToken token) {
        this.credentials = new BearerToken(token);
    }

    @Override
    public CompletionStage<Answer> forward(Member leader, Command command) {
        if (!flights.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new Unanswered(Reason.OVERLOADED, IN_FLIGHT + " commands are on their way to the leader already"));
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        ForwardRequest request = ForwardRequest.newBuilder()
                .setCommands(ByteString.copyFrom(BatchCodec.encodeCommands(List.of(command))))
                .build();
        var call = LeaderLinkGrpc.newFutureStub(channel(leader.serviceAddress()))
                .withCallCredentials(credentials)
                .withDeadlineAfter(Coordinator.TIME_LIMIT_MS, TimeUnit.MILLISECONDS)
                .submit(request);
        Futures.addCallback(call, new Returning(answer), MoreExecutors.directExecutor());
        return answer.whenComplete((given, failure) -> flights.release());
    }

    private ManagedChannel channel(String address) {
        return channels.computeIfAbsent(
                address,
                target -> NettyChannelBuilder.forAddress(Member.host(target), Member.port(target))
                        .usePlaintext()
                        .build());
    }

    @PreDestroy
    void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }

    record Returning(CompletableFuture<Answer> answer) implements FutureCallback<ForwardReply> {
        @Override
        public void onSuccess(ForwardReply reply) {
            try {
                settle(reply);
            } catch (RuntimeException e) {
                // A leader of another version, say: it may have executed the command, and the caller must not wait on.
                answer.completeExceptionally(
                        new Unanswered(Reason.INDETERMINATE, "The leader's reply cannot be read: " + e));
            }
        }

        private void settle(ForwardReply reply) {
            ForwardResult result = reply.getResults(0);
            if (result.hasAnswer()) {
                answer.complete(BatchCodec.decodeAnswers(result.getAnswer().toByteArray())
                        .getFirst());
            } else {
                Reason reason = Reason.valueOf(result.getUnanswered());
                answer.completeExceptionally(new Unanswered(reason, "The leader gave no answer: " + reason));
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            Status.Code code = Status.fromThrowable(failure).getCode();
            // Refused before it was executed; with every other code the leader may have taken it.
            boolean refused = code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED;
            answer.completeExceptionally(new Unanswered(
                    refused ? Reason.NO_LEADER : Reason.INDETERMINATE, "The leader cannot be reached: " + code));
        }
    }

    /** Shows the token, read anew for each call. */
    private static final class BearerToken extends CallCredentials {
        private final ServiceToken token;

        BearerToken(ServiceToken token) {
            this.token = token;
        }

        @Override
        public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
            executor.execute(() -> {
                try {
                    Metadata metadata = new Metadata();
                    metadata.put(AUTHORIZATION, token.bearer());
                    applier.apply(metadata);
                } catch (IllegalStateException e) {
                    applier.fail(Status.UNAUTHENTICATED.withDescription(e.getMessage()));
                }
            });
        }
    }
}
