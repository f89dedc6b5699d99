package dev.homeroom.queue.testing;

import com.google.protobuf.Timestamp;
import dev.homeroom.coordinator.v1.AssignTaskRequest;
import dev.homeroom.coordinator.v1.AssignTaskResponse;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.ClaimTasksResponse;
import dev.homeroom.coordinator.v1.ClaimTasksResult;
import dev.homeroom.coordinator.v1.Codebase;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.GetLimitRequest;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Limit;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListGrantsResponse;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.ListSessionsResponse;
import dev.homeroom.coordinator.v1.Problem;
import dev.homeroom.coordinator.v1.RaiseTokenFloorRequest;
import dev.homeroom.coordinator.v1.RaiseTokenFloorResponse;
import dev.homeroom.coordinator.v1.ReleaseTasksRequest;
import dev.homeroom.coordinator.v1.ReleaseTasksResponse;
import dev.homeroom.coordinator.v1.RenewTaskResult;
import dev.homeroom.coordinator.v1.RenewTasksRequest;
import dev.homeroom.coordinator.v1.RenewTasksResponse;
import dev.homeroom.coordinator.v1.ScorePart;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.CoordinatorProblem;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.RenewAnswer;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.TaskGrant;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Speaks {@code homeroom.coordinator.v1} over a real connection, on an {@link InMemoryAuthority}: it tests the adapter and
 * the messages. What the coordinator itself does is for the end-to-end tests.
 */
public final class FakeCoordinator extends CoordinatorGrpc.CoordinatorImplBase implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<byte[]> PROBLEM =
            Metadata.Key.of("homeroom-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final InMemoryAuthority authority;
    private final InMemoryFleet fleet;
    private final Server server;

    /** Serves on a free port of 127.0.0.1. */
    public FakeCoordinator(InMemoryAuthority authority) {
        this(authority, new InMemoryFleet(authority));
    }

    /** Serves both on a free port of 127.0.0.1. */
    public FakeCoordinator(InMemoryAuthority authority, InMemoryFleet fleet) {
        this.authority = authority;
        this.fleet = fleet;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(this)
                    .intercept(new NeedsToken())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    private static final class NeedsToken implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            var token = headers.get(AUTHORIZATION);
            if (token == null || !token.startsWith("Bearer ")) {
                call.close(Status.UNAUTHENTICATED, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    @Override
    public void claimTasks(ClaimTasksRequest request, StreamObserver<ClaimTasksResponse> answer) {
        var claims =
                request.getClaimsList().stream().map(FakeCoordinator::claim).toList();
        send(answer, authority.claim(claims), answers -> {
            var response = ClaimTasksResponse.newBuilder();
            answers.forEach(a -> response.addResults(result(a)));
            return response.build();
        });
    }

    @Override
    public void assignTask(AssignTaskRequest request, StreamObserver<AssignTaskResponse> answer) {
        var asked = new AssignRequest(
                text(request.getSession()),
                candidate(request.getTask()),
                duration(request.getTtl()),
                text(request.getRequestId()));
        authority.assign(asked).whenComplete((given, failure) -> {
            switch (given) {
                case AssignAnswer.Assigned assigned -> {
                    answer.onNext(assigned(assigned));
                    answer.onCompleted();
                }
                case AssignAnswer.Refused(var problem) -> answer.onError(refusal(problem));
                case null -> answer.onError(Status.UNAVAILABLE.asException());
            }
        });
    }

    @Override
    public void getSession(GetSessionRequest request, StreamObserver<Session> answer) {
        fleet.session(request.getId()).whenComplete((found, failure) -> {
            if (failure != null) {
                answer.onError(Status.UNAVAILABLE.asException());
            } else if (found.isPresent()) {
                answer.onNext(FleetMessages.session(found.get()));
                answer.onCompleted();
            } else {
                registered(request.getId(), answer);
            }
        });
    }

    /** A session of whom only the authority has heard. */
    private void registered(String id, StreamObserver<Session> answer) {
        var owner = authority.owner(id);
        if (owner.isEmpty()) {
            var trailers = new Metadata();
            trailers.put(PROBLEM, problem(Sessions.unknown()).toByteArray());
            answer.onError(Status.NOT_FOUND.asException(trailers));
            return;
        }
        send(
                answer,
                authority.capabilities(owner.get()),
                able -> Session.newBuilder()
                        .setId(id)
                        .setIncarnation(owner.get().incarnation())
                        .addAllCapabilities(able.orElse(Set.of()))
                        .build());
    }

    private static StatusException refusal(CoordinatorProblem problem) {
        var trailers = new Metadata();
        trailers.put(PROBLEM, problem(problem).toByteArray());
        return Status.FAILED_PRECONDITION.asException(trailers);
    }

    private static AssignTaskResponse assigned(AssignAnswer.Assigned assigned) {
        var score = dev.homeroom.coordinator.v1.Score.newBuilder()
                .setTotal(assigned.score().total());
        assigned.score()
                .parts()
                .forEach(part -> score.addParts(ScorePart.newBuilder()
                        .setName(part.name())
                        .setPoints(part.points())
                        .setWhy(part.why())));
        return AssignTaskResponse.newBuilder()
                .setGrant(grant(assigned.grant()))
                .setHolder(holder(assigned.holder()))
                .setScore(score)
                .build();
    }

    @Override
    public void renewTasks(RenewTasksRequest request, StreamObserver<RenewTasksResponse> answer) {
        var holds = request.getHoldsList().stream().map(FakeCoordinator::hold).toList();
        send(answer, authority.renew(holds, duration(request.getTtl())), answers -> {
            var response = RenewTasksResponse.newBuilder();
            for (var one : answers) {
                response.addResults(
                        switch (one) {
                            case RenewAnswer.Renewed(var grant) ->
                                RenewTaskResult.newBuilder().setGrant(grant(grant));
                            case RenewAnswer.Refused(var problem) ->
                                RenewTaskResult.newBuilder().setProblem(problem(problem));
                        });
            }
            return response.build();
        });
    }

    @Override
    public void releaseTasks(ReleaseTasksRequest request, StreamObserver<ReleaseTasksResponse> answer) {
        var holds = request.getHoldsList().stream().map(FakeCoordinator::hold).toList();
        send(
                answer,
                authority.release(holds),
                released ->
                        ReleaseTasksResponse.newBuilder().setReleased(released).build());
    }

    @Override
    public void raiseTokenFloor(RaiseTokenFloorRequest request, StreamObserver<RaiseTokenFloorResponse> answer) {
        send(
                answer,
                authority.raiseTokenFloor(request.getFloor()),
                next -> RaiseTokenFloorResponse.newBuilder().setNext(next).build());
    }

    @Override
    public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> answer) {
        if (request.getKind().equals("limit")) {
            send(answer, fleet.limit(request.getNamePrefix()), FleetMessages::holders);
            return;
        }
        var after = request.getAfter().isEmpty() ? null : request.getAfter();
        boolean one = request.getNamePrefix().length() > "task/".length();
        if (one) {
            var task = UUID.fromString(request.getNamePrefix().substring("task/".length()));
            send(answer, authority.holder(task), held -> {
                var response = ListGrantsResponse.newBuilder();
                held.ifPresent(h -> response.addGrants(held(h)));
                return response.build();
            });
            return;
        }
        send(answer, authority.list(after, request.getLimit(), duration(request.getOlderThan())), page -> {
            var response = ListGrantsResponse.newBuilder();
            page.items().forEach(h -> response.addGrants(held(h)));
            if (page.next() != null) {
                response.setNext(page.next());
            }
            return response.build();
        });
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> answer) {
        var after = request.getAfter().isEmpty() ? null : request.getAfter();
        send(answer, fleet.sessions(after, request.getLimit()), FleetMessages::page);
    }

    @Override
    public void getLimit(GetLimitRequest request, StreamObserver<Limit> answer) {
        send(answer, fleet.limit(request.getKey()), FleetMessages::limit);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <T, R> void send(StreamObserver<R> answer, CompletionStage<T> stage, Function<T, R> message) {
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.onNext(message.apply(value));
                answer.onCompleted();
            } else {
                answer.onError(Status.UNAVAILABLE.asException());
            }
        });
    }

    private static ClaimRequest claim(dev.homeroom.coordinator.v1.ClaimTasks claim) {
        return new ClaimRequest(
                new Owner(claim.getSession(), claim.getIncarnation()),
                new RequestId(claim.getRequest().getSeq(), claim.getRequest().getUnanswered()),
                claim.getCount(),
                duration(claim.getTtl()),
                claim.getCandidatesList().stream()
                        .map(FakeCoordinator::candidate)
                        .toList());
    }

    private static Candidate candidate(dev.homeroom.coordinator.v1.Candidate candidate) {
        return new Candidate(
                UUID.fromString(candidate.getTask()),
                "",
                candidate.getPriority(),
                Instant.EPOCH,
                text(candidate.getLesson()),
                candidate.getLimitsList().stream().toList(),
                candidate.getCapabilitiesList().stream().toList(),
                new Place(text(candidate.getHost()), text(candidate.getRepo())));
    }

    private static @Nullable String text(String value) {
        return value.isEmpty() ? null : value;
    }

    private static ClaimTasksResult result(ClaimAnswer answer) {
        var result = ClaimTasksResult.newBuilder().addAllExhaustedLimits(answer.exhaustedLimits());
        answer.grants().forEach(g -> result.addGrants(grant(g)));
        result.setFull(answer.full());
        if (!answer.grants().isEmpty()) {
            result.setHost(String.valueOf(answer.place().host()))
                    .setRepo(String.valueOf(answer.place().repo()));
        }
        if (answer.problem() != null) {
            result.setProblem(problem(answer.problem()));
        }
        return result.build();
    }

    private static dev.homeroom.coordinator.v1.TaskGrant grant(TaskGrant grant) {
        return dev.homeroom.coordinator.v1.TaskGrant.newBuilder()
                .setTask(grant.task().toString())
                .setToken(grant.token())
                .setDeadline(time(grant.deadline()))
                .setRemaining(duration(grant.remaining()))
                .build();
    }

    private static Grant held(HeldTask held) {
        return Grant.newBuilder()
                .setKind("claim")
                .setName("task/" + held.task())
                .setToken(held.token())
                .setHolder(holder(held.holder()))
                .build();
    }

    private static dev.homeroom.coordinator.v1.Holder holder(Holder holder) {
        return dev.homeroom.coordinator.v1.Holder.newBuilder()
                .setSession(holder.session())
                .setIncarnation(holder.incarnation())
                .setHost(String.valueOf(holder.host()))
                .setCodebase(Codebase.newBuilder().setRepo(String.valueOf(holder.repo())))
                .setHeartbeatAge(duration(Objects.requireNonNull(holder.heartbeatAge())))
                .build();
    }

    private static Problem problem(CoordinatorProblem problem) {
        return Problem.newBuilder()
                .setType(problem.type())
                .setDetail(problem.detail())
                .setStatus(409)
                .build();
    }

    private static Hold hold(dev.homeroom.coordinator.v1.TaskHold hold) {
        return new Hold(
                UUID.fromString(hold.getTask()),
                hold.getSession(),
                hold.getToken(),
                switch (hold.getOutcome()) {
                    case TASK_OUTCOME_DONE -> Hold.Result.DONE;
                    case TASK_OUTCOME_FAILED -> Hold.Result.FAILED;
                    case TASK_OUTCOME_CANCELLED -> Hold.Result.CANCELLED;
                    case TASK_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Hold.Result.NONE;
                });
    }

    private static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    private static Timestamp time(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
