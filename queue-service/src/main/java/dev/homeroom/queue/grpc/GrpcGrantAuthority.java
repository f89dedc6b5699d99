package dev.homeroom.queue.grpc;

import com.google.common.util.concurrent.ListenableFuture;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.RaiseTokenFloorRequest;
import dev.homeroom.coordinator.v1.ReleaseTasksRequest;
import dev.homeroom.coordinator.v1.RenewTaskResult;
import dev.homeroom.coordinator.v1.RenewTasksRequest;
import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.HeldPage;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RenewAnswer;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link GrantAuthority} over {@code homeroom.coordinator.v1}. */
public final class GrpcGrantAuthority implements GrantAuthority {
    private final CoordinatorGrpc.CoordinatorFutureStub stub;

    /**
     * @param channel to any replica
     * @param credentials put the service token into each call
     */
    public GrpcGrantAuthority(Channel channel, CallCredentials credentials) {
        this.stub = CoordinatorGrpc.newFutureStub(channel).withCallCredentials(credentials);
    }

    @Override
    public CompletionStage<List<ClaimAnswer>> claim(List<ClaimRequest> requests) {
        var message = ClaimTasksRequest.newBuilder();
        requests.forEach(request -> message.addClaims(Translation.claim(request)));
        return call(stub -> stub.claimTasks(message.build()))
                .thenApply(r ->
                        r.getResultsList().stream().map(Translation::answer).toList())
                .thenApply(answers -> complete(answers, requests.size()));
    }

    @Override
    public CompletionStage<AssignAnswer> assign(AssignRequest request) {
        return call(stub -> stub.assignTask(Translation.assign(request)))
                .<AssignAnswer>thenApply(Translation::assigned)
                .exceptionallyCompose(failure -> Refusal.of(failure)
                        .<CompletionStage<AssignAnswer>>map(
                                problem -> CompletableFuture.completedFuture(new AssignAnswer.Refused(problem)))
                        .orElseGet(() -> CompletableFuture.failedFuture(failure)));
    }

    @Override
    public CompletionStage<Optional<Set<String>>> capabilities(Owner owner) {
        var message = GetSessionRequest.newBuilder().setId(owner.session()).build();
        return call(stub -> stub.getSession(message))
                .thenApply(session -> session.getIncarnation() == owner.incarnation()
                        ? Optional.of(Set.copyOf(session.getCapabilitiesList()))
                        : Optional.<Set<String>>empty())
                .exceptionallyCompose(failure -> Refusal.of(failure).isPresent()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(failure));
    }

    @Override
    public CompletionStage<List<RenewAnswer>> renew(List<Hold> holds, Duration ttl) {
        var message = RenewTasksRequest.newBuilder().setTtl(Translation.duration(ttl));
        holds.forEach(hold -> message.addHolds(Translation.hold(hold)));
        return call(stub -> stub.renewTasks(message.build()))
                .thenApply(r -> r.getResultsList().stream()
                        .map(GrpcGrantAuthority::renewal)
                        .toList())
                .thenApply(answers -> complete(answers, holds.size()));
    }

    @Override
    public CompletionStage<Integer> release(List<Hold> holds) {
        var message = ReleaseTasksRequest.newBuilder();
        holds.forEach(hold -> message.addHolds(Translation.hold(hold)));
        return call(stub -> stub.releaseTasks(message.build())).thenApply(r -> r.getReleased());
    }

    @Override
    public CompletionStage<Long> raiseTokenFloor(long floor) {
        var message = RaiseTokenFloorRequest.newBuilder().setFloor(floor).build();
        return call(stub -> stub.raiseTokenFloor(message)).thenApply(r -> r.getNext());
    }

    @Override
    public CompletionStage<HeldPage> list(@Nullable String after, int limit, Duration olderThan) {
        return list(Translation.PREFIX, after == null ? "" : after, limit, olderThan);
    }

    @Override
    public CompletionStage<Optional<HeldTask>> holder(UUID task) {
        return list(Translation.PREFIX + task, "", 1, Duration.ZERO)
                .thenApply(page -> page.items().stream()
                        .filter(held -> held.task().equals(task))
                        .findFirst());
    }

    private CompletionStage<HeldPage> list(String prefix, String after, int limit, Duration olderThan) {
        var message = ListGrantsRequest.newBuilder()
                .setKind("claim")
                .setNamePrefix(prefix)
                .setAfter(after)
                .setLimit(limit)
                .setOlderThan(Translation.duration(olderThan))
                .build();
        return call(stub -> stub.listGrants(message))
                .thenApply(r -> new HeldPage(
                        r.getGrantsList().stream()
                                .flatMap(grant -> Translation.held(grant).stream())
                                .toList(),
                        r.getNext().isEmpty() ? null : r.getNext()));
    }

    private static RenewAnswer renewal(RenewTaskResult result) {
        return result.hasProblem()
                ? new RenewAnswer.Refused(Translation.problem(result.getProblem()))
                : new RenewAnswer.Renewed(Translation.grant(result.getGrant()));
    }

    /** A coordinator that answers fewer items than asked is not understood; no item may be mistaken for another. */
    private static <T> List<T> complete(List<T> answers, int asked) {
        if (answers.size() != asked) {
            throw new QueueException(new Rejection.Unavailable(Call.WHO));
        }
        return answers;
    }

    private <T> CompletionStage<T> call(Function<CoordinatorGrpc.CoordinatorFutureStub, ListenableFuture<T>> method) {
        return Call.of(stub, method);
    }
}
