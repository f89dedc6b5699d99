package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.v1.FindSessionsRequest;
import dev.homeroom.coordinator.v1.FindSessionsResponse;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatResult;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.ListSessionsResponse;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseSessionResponse;
import dev.homeroom.coordinator.v1.Session;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls about sessions. */
@ApplicationScoped
public class SessionCalls {
    private final Calls calls;
    private final long heartbeatMillis;
    private final InstantSource clock = InstantSource.system();

    /** Over the front desk. */
    @Inject
    public SessionCalls(Calls calls, CoordinatorConfig config) {
        this.calls = calls;
        this.heartbeatMillis = config.sessions().heartbeatInterval().toMillis();
    }

    void register(RegisterSessionRequest request, StreamObserver<Session> out) {
        calls.ask(
                out,
                caller -> registration(request),
                Answer.OneSession.class,
                answer -> Messages.session(answer.session()).build());
    }

    Command.Register registration(RegisterSessionRequest request) {
        return Commands.register(request, heartbeatMillis);
    }

    void release(ReleaseSessionRequest request, StreamObserver<ReleaseSessionResponse> out) {
        calls.once(
                out,
                request.getRequestId(),
                caller -> new Command.ReleaseSession(request.getId(), request.getIncarnation()),
                Answer.SessionReleased.class,
                answer -> ReleaseSessionResponse.newBuilder()
                        .setGrantsEnded(answer.grants())
                        .build());
    }

    void get(GetSessionRequest request, StreamObserver<Session> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.GetSession(request.getId()),
                Answer.OneSession.class,
                (answer, staleness) -> {
                    Session.Builder session = Messages.session(answer.session());
                    if (staleness != null) {
                        session.setStaleness(staleness);
                    }
                    return session.build();
                });
    }

    void list(ListSessionsRequest request, StreamObserver<ListSessionsResponse> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.ListSessions(
                        Named.status(request.getStatus()), request.getAfter(), Commands.limit(request.getLimit())),
                Answer.SessionPage.class,
                (page, staleness) -> {
                    var response = ListSessionsResponse.newBuilder();
                    page.sessions().forEach(session -> response.addSessions(Messages.session(session)));
                    if (page.next() != null) {
                        response.setNext(page.next());
                    }
                    if (staleness != null) {
                        response.setStaleness(staleness);
                    }
                    return response.build();
                });
    }

    void find(FindSessionsRequest request, StreamObserver<FindSessionsResponse> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.FindSessions(
                        new Command.Candidate(
                                "",
                                0,
                                request.getLesson(),
                                List.of(),
                                List.copyOf(request.getCapabilitiesList()),
                                request.getHost(),
                                request.getRepo()),
                        request.hasAt() ? Times.millis(request.getAt()) : 0,
                        Commands.limit(request.getLimit())),
                Answer.RankedSessions.class,
                (answer, staleness) -> {
                    var response = FindSessionsResponse.newBuilder();
                    answer.sessions().forEach(ranked -> response.addSessions(Messages.ranked(ranked)));
                    if (staleness != null) {
                        response.setStaleness(staleness);
                    }
                    return response.build();
                });
    }

    void heartbeat(HeartbeatsRequest request, StreamObserver<HeartbeatsResponse> out) {
        try {
            Calls.send(out, beats(Doorkeeper.caller(), request));
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    StreamObserver<HeartbeatsRequest> keepAlive(StreamObserver<HeartbeatsResponse> out) {
        Caller caller = Doorkeeper.caller();
        if (!(out instanceof ServerCallStreamObserver<HeartbeatsResponse> call)) {
            throw new IllegalStateException("not the server's side of a call");
        }
        return new Pipeline<>(call, request -> beats(caller, request), HeartbeatsRequest::getHeartbeatsCount);
    }

    /** Heartbeats, each for itself. */
    CompletionStage<HeartbeatsResponse> beats(Caller caller, HeartbeatsRequest request) {
        long now = clock.millis();
        return calls.each(
                        caller,
                        request.getHeartbeatsList(),
                        beat -> Commands.heartbeat(beat, now),
                        SessionCalls::result)
                .thenApply(results ->
                        HeartbeatsResponse.newBuilder().addAllResults(results).build());
    }

    private static HeartbeatResult result(Heartbeat beat, @Nullable Answer answer, @Nullable Throwable failure) {
        return answer instanceof Answer.Beat given
                ? Messages.beat(given)
                : HeartbeatResult.newBuilder()
                        .setSession(beat.getSession())
                        .setProblem(Problems.of(answer, failure))
                        .build();
    }
}
