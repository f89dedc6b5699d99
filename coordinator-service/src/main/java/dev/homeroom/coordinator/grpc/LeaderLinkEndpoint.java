package dev.homeroom.coordinator.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.homeroom.coordinator.ClusterRefused;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.codec.UnreadableException;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.internal.v1.ChangeReply;
import dev.homeroom.coordinator.internal.v1.ChangeRequest;
import dev.homeroom.coordinator.internal.v1.ForwardReply;
import dev.homeroom.coordinator.internal.v1.ForwardRequest;
import dev.homeroom.coordinator.internal.v1.ForwardResult;
import dev.homeroom.coordinator.internal.v1.LeaderLink;
import dev.homeroom.platform.security.Roles;
import io.grpc.Status;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Takes commands that another replica handed over; executes them here or not at all. */
@GrpcService
@RolesAllowed(Roles.SERVICE)
public class LeaderLinkEndpoint implements LeaderLink {
    private static final Logger LOG = Logger.getLogger(LeaderLinkEndpoint.class);

    private final Replica replica;

    /** Over this replica only: a command makes one hop at most. */
    @Inject
    public LeaderLinkEndpoint(Replica replica) {
        this.replica = replica;
    }

    @Override
    public Uni<ForwardReply> submit(ForwardRequest request) {
        List<Command> commands;
        try {
            commands = BatchCodec.decodeCommands(request.getCommands().toByteArray());
        } catch (UnreadableException e) {
            return Uni.createFrom()
                    .failure(Status.INVALID_ARGUMENT
                            .withDescription(e.getMessage())
                            .asRuntimeException());
        }
        return Uni.createFrom().completionStage(() -> execute(commands));
    }

    /** All of them are submitted before the first answer is awaited; one without an answer harms no other. */
    private CompletableFuture<ForwardReply> execute(List<Command> commands) {
        List<CompletableFuture<ForwardResult>> results = commands.stream()
                .map(command -> replica.submit(command).toCompletableFuture().handle(LeaderLinkEndpoint::result))
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    ForwardReply.Builder reply = ForwardReply.newBuilder();
                    results.forEach(result -> reply.addResults(result.join()));
                    return reply.build();
                });
    }

    private static ForwardResult result(Answer answer, Throwable failure) {
        ForwardResult.Builder result = ForwardResult.newBuilder();
        if (failure == null) {
            ByteString bytes = UnsafeByteOperations.unsafeWrap(BatchCodec.encodeAnswers(List.of(answer)));
            return result.setAnswer(bytes).build();
        }
        return result.setUnanswered(unanswered(failure).reason().name()).build();
    }

    @Override
    public Uni<ChangeReply> change(ChangeRequest request) {
        return Uni.createFrom()
                .completionStage(() -> replica.cluster().ask(ClusterMessages.change(request)))
                .map(ClusterMessages::reply)
                .onFailure(ClusterRefused.class)
                .recoverWithItem(refused -> ClusterMessages.reply(refused))
                .onFailure()
                .recoverWithItem(failure -> ClusterMessages.reply(unanswered(failure)));
    }

    private static Unanswered unanswered(Throwable failure) {
        Throwable cause = failure.getCause();
        return switch (failure instanceof CompletionException && cause != null ? cause : failure) {
            case Unanswered known -> known;
            case Throwable other -> {
                LOG.error("What another replica handed over failed", other);
                yield new Unanswered(Reason.INDETERMINATE, String.valueOf(other.getMessage()));
            }
        };
    }
}
