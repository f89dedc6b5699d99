package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.ClaimTasksResponse;
import dev.homeroom.coordinator.v1.ClaimTasksResult;
import dev.homeroom.coordinator.v1.Coordinator;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.HeartbeatResult;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListGrantsResponse;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.ListSessionsResponse;
import dev.homeroom.coordinator.v1.RaiseTokenFloorRequest;
import dev.homeroom.coordinator.v1.RaiseTokenFloorResponse;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.ReleaseResponse;
import dev.homeroom.coordinator.v1.ReleaseSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseSessionResponse;
import dev.homeroom.coordinator.v1.ReleaseTasksRequest;
import dev.homeroom.coordinator.v1.ReleaseTasksResponse;
import dev.homeroom.coordinator.v1.RenewRequest;
import dev.homeroom.coordinator.v1.RenewTasksRequest;
import dev.homeroom.coordinator.v1.RenewTasksResponse;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.platform.security.Roles;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code homeroom.coordinator.v1}: the operations of the HTTP surface, and those for queue-service only. */
@GrpcService
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class CoordinatorEndpoint implements Coordinator {
    /** Items of one batch; the size of a message is bounded besides. */
    private static final int ITEMS = 1_000;

    private final dev.homeroom.coordinator.Coordinator coordinator;
    private final long heartbeatMillis;
    private final InstantSource clock = InstantSource.system();

    /** Over the coordinator. */
    @Inject
    public CoordinatorEndpoint(dev.homeroom.coordinator.Coordinator coordinator, CoordinatorConfig config) {
        this.coordinator = coordinator;
        this.heartbeatMillis = config.sessions().heartbeatInterval().toMillis();
    }

    @Override
    public Uni<Session> registerSession(RegisterSessionRequest request) {
        return ask(
                () -> Commands.register(request, heartbeatMillis),
                Answer.OneSession.class,
                answer -> Messages.session(answer.session()));
    }

    @Override
    public Uni<ReleaseSessionResponse> releaseSession(ReleaseSessionRequest request) {
        return ask(
                () -> new Command.ReleaseSession(request.getId(), request.getIncarnation()),
                Answer.SessionReleased.class,
                answer -> ReleaseSessionResponse.getDefaultInstance());
    }

    @Override
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<Session> getSession(GetSessionRequest request) {
        return ask(
                () -> new Command.GetSession(request.getId()),
                Answer.OneSession.class,
                answer -> Messages.session(answer.session()));
    }

    @Override
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<ListSessionsResponse> listSessions(ListSessionsRequest request) {
        return ask(() -> Commands.list(request), Answer.SessionPage.class, page -> {
            ListSessionsResponse.Builder response = ListSessionsResponse.newBuilder()
                    .addAllSessions(
                            page.sessions().stream().map(Messages::session).toList());
            return page.next() == null
                    ? response.build()
                    : response.setNext(page.next()).build();
        });
    }

    @Override
    public Uni<HeartbeatsResponse> heartbeat(HeartbeatsRequest request) {
        long now = clock.millis();
        return each(
                        request.getHeartbeatsList(),
                        beat -> ask(
                                () -> Commands.heartbeat(beat, now),
                                Answer.Beat.class,
                                Messages::beat,
                                failure -> HeartbeatResult.newBuilder()
                                        .setSession(beat.getSession())
                                        .setProblem(Problems.of(failure))
                                        .build()))
                .map(results ->
                        HeartbeatsResponse.newBuilder().addAllResults(results).build());
    }

    @Override
    public Multi<HeartbeatsResponse> keepAlive(Multi<HeartbeatsRequest> requests) {
        return requests.onItem().transformToUniAndConcatenate(this::heartbeat);
    }

    @Override
    public Uni<Grant> acquire(AcquireRequest request) {
        return ask(() -> Commands.acquire(request), Answer.Granted.class, answer -> Messages.grant(answer.grant()));
    }

    @Override
    public Uni<Grant> renew(RenewRequest request) {
        return ask(() -> Commands.renew(request), Answer.Granted.class, answer -> Messages.grant(answer.grant()));
    }

    @Override
    public Uni<ReleaseResponse> release(ReleaseRequest request) {
        return ask(
                () -> Commands.release(request), Answer.Released.class, answer -> ReleaseResponse.getDefaultInstance());
    }

    @Override
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<ListGrantsResponse> listGrants(ListGrantsRequest request) {
        return ask(() -> Commands.list(request), Answer.GrantPage.class, page -> {
            ListGrantsResponse.Builder response = ListGrantsResponse.newBuilder()
                    .addAllGrants(page.grants().stream().map(Messages::grant).toList());
            return page.next() == null
                    ? response.build()
                    : response.setNext(page.next()).build();
        });
    }

    @Override
    @RolesAllowed(Roles.SERVICE)
    public Uni<ClaimTasksResponse> claimTasks(ClaimTasksRequest request) {
        return each(
                        request.getClaimsList(),
                        claim -> ask(
                                () -> Commands.claim(claim),
                                Answer.TasksClaimed.class,
                                Messages::claimed,
                                failure -> ClaimTasksResult.newBuilder()
                                        .setProblem(Problems.of(failure))
                                        .build()))
                .map(results ->
                        ClaimTasksResponse.newBuilder().addAllResults(results).build());
    }

    @Override
    @RolesAllowed(Roles.SERVICE)
    public Uni<RenewTasksResponse> renewTasks(RenewTasksRequest request) {
        return ask(
                () -> new Command.RenewTasks(
                        Commands.holds(request.getHoldsList()), Times.millis(request.hasTtl(), request.getTtl())),
                Answer.TasksRenewed.class,
                answer -> RenewTasksResponse.newBuilder()
                        .addAllResults(answer.renewals().stream()
                                .map(Messages::renewed)
                                .toList())
                        .build());
    }

    @Override
    @RolesAllowed(Roles.SERVICE)
    public Uni<ReleaseTasksResponse> releaseTasks(ReleaseTasksRequest request) {
        return ask(
                () -> new Command.ReleaseTasks(Commands.holds(request.getHoldsList())),
                Answer.TasksReleased.class,
                answer -> ReleaseTasksResponse.newBuilder()
                        .setReleased(answer.released())
                        .build());
    }

    @Override
    @RolesAllowed(Roles.SERVICE)
    public Uni<RaiseTokenFloorResponse> raiseTokenFloor(RaiseTokenFloorRequest request) {
        return ask(
                () -> new Command.RaiseTokenFloor(request.getFloor()),
                Answer.TokenFloor.class,
                answer -> RaiseTokenFloorResponse.newBuilder()
                        .setNext(answer.next())
                        .build());
    }

    private <A extends Answer, T> Uni<T> ask(Supplier<Command> command, Class<A> expected, Function<A, T> message) {
        return asking(command, expected, message).onFailure().transform(Problems::status);
    }

    private <A extends Answer, T> Uni<T> ask(
            Supplier<Command> command, Class<A> expected, Function<A, T> message, Function<Throwable, T> refused) {
        return asking(command, expected, message).onFailure().recoverWithItem(refused);
    }

    private <A extends Answer, T> Uni<T> asking(Supplier<Command> command, Class<A> expected, Function<A, T> message) {
        return Uni.createFrom()
                .completionStage(() -> coordinator.ask(command.get(), expected))
                .map(message);
    }

    private static <R, T> Uni<List<T>> each(List<R> items, Function<R, Uni<T>> one) {
        if (items.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        if (items.size() > ITEMS) {
            return Uni.createFrom()
                    .failure(Problems.status(new IllegalArgumentException("at most " + ITEMS + " items in a request")));
        }
        return Uni.join().all(items.stream().map(one).toList()).andFailFast();
    }
}
