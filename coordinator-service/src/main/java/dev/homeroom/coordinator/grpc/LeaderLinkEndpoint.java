package dev.homeroom.coordinator.grpc;

import com.google.protobuf.ByteString;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.codec.UnreadableException;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
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

/** Takes commands that another replica handed over; executes them here or not at all. */
@GrpcService
@RolesAllowed(Roles.SERVICE)
public class LeaderLinkEndpoint implements LeaderLink {
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
        List<Uni<ForwardResult>> results = commands.stream().map(this::execute).toList();
        return results.isEmpty()
                ? Uni.createFrom().item(ForwardReply.getDefaultInstance())
                : Uni.join()
                        .all(results)
                        .andFailFast()
                        .map(all -> ForwardReply.newBuilder().addAllResults(all).build());
    }

    private Uni<ForwardResult> execute(Command command) {
        return Uni.createFrom()
                .completionStage(() -> replica.submit(command))
                .map(LeaderLinkEndpoint::answered)
                .onFailure(Unanswered.class)
                .recoverWithItem(failure -> ForwardResult.newBuilder()
                        .setUnanswered(failure.reason().name())
                        .build());
    }

    private static ForwardResult answered(Answer answer) {
        return ForwardResult.newBuilder()
                .setAnswer(ByteString.copyFrom(BatchCodec.encodeAnswers(List.of(answer))))
                .build();
    }
}
