package dev.homeroom.queue.grpc;

import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.GetLimitRequest;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Limit;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListGrantsResponse;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.queue.core.insight.AgentSession;
import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.core.insight.SessionPage;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@link Fleet} over {@code homeroom.coordinator.v1}. */
public final class GrpcFleet implements Fleet {
    /** How many holders of a limit are named. */
    private static final int MOST_HOLDERS = 100;

    private final CoordinatorGrpc.CoordinatorFutureStub stub;

    /**
     * @param channel to any replica
     * @param credentials put the service token into each call
     */
    public GrpcFleet(Channel channel, CallCredentials credentials) {
        this.stub = CoordinatorGrpc.newFutureStub(channel).withCallCredentials(credentials);
    }

    @Override
    public CompletionStage<SessionPage> sessions(@Nullable String after, int limit) {
        var message = ListSessionsRequest.newBuilder()
                .setAfter(after == null ? "" : after)
                .setLimit(limit)
                .build();
        return Call.of(stub, s -> s.listSessions(message))
                .thenApply(r -> new SessionPage(
                        r.getSessionsList().stream().map(Translation::session).toList(),
                        r.getNext().isEmpty() ? null : r.getNext()));
    }

    @Override
    public CompletionStage<Optional<AgentSession>> session(String id) {
        var message = GetSessionRequest.newBuilder().setId(id).build();
        return Call.found(stub, s -> s.getSession(message)).thenApply(found -> found.map(Translation::session));
    }

    @Override
    public CompletionStage<LimitUse> limit(String key) {
        var limit = GetLimitRequest.newBuilder().setKey(key).build();
        var grants = ListGrantsRequest.newBuilder()
                .setKind("limit")
                .setNamePrefix(key)
                .setLimit(MOST_HOLDERS)
                .build();
        return Call.of(stub, s -> s.getLimit(limit))
                .thenCombine(Call.of(stub, s -> s.listGrants(grants)), GrpcFleet::use);
    }

    private static LimitUse use(Limit limit, ListGrantsResponse grants) {
        return new LimitUse(
                limit.getKey(),
                limit.getPermits(),
                limit.getUsed(),
                limit.getWaiting(),
                grants.getGrantsList().stream()
                        .filter(grant -> grant.getName().equals(limit.getKey()))
                        .map(Translation::holder)
                        .toList());
    }
}
