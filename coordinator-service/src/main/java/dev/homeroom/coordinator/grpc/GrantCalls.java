package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.v1.AcquireAllRequest;
import dev.homeroom.coordinator.v1.AcquireAllResponse;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.ForceReleaseRequest;
import dev.homeroom.coordinator.v1.ForceReleaseResponse;
import dev.homeroom.coordinator.v1.GetResourceRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListGrantsResponse;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.ReleaseResponse;
import dev.homeroom.coordinator.v1.RenewRequest;
import dev.homeroom.coordinator.v1.Resource;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Calls about what is held. */
@ApplicationScoped
public class GrantCalls {
    private final Calls calls;

    /** Over the front desk. */
    @Inject
    public GrantCalls(Calls calls) {
        this.calls = calls;
    }

    void acquire(AcquireRequest request, StreamObserver<Grant> out) {
        try {
            calls.acquire(
                    out,
                    caller -> Commands.acquire(request, caller),
                    Commands.patience(request.getTerms()),
                    Answer.Granted.class,
                    Messages::granted);
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    void acquireAll(AcquireAllRequest request, StreamObserver<AcquireAllResponse> out) {
        try {
            calls.acquire(
                    out,
                    caller -> Commands.acquireAll(request, caller),
                    Commands.patience(request.getTerms()),
                    Answer.GrantedAll.class,
                    Messages::grantedAll);
        } catch (RuntimeException e) {
            out.onError(Problems.status(e));
        }
    }

    void renew(RenewRequest request, StreamObserver<Grant> out) {
        calls.ask(out, caller -> Commands.renew(request), Answer.Granted.class, Messages::granted);
    }

    void release(ReleaseRequest request, StreamObserver<ReleaseResponse> out) {
        calls.ask(out, caller -> Commands.release(request), Answer.Released.class, Messages::released);
    }

    void force(ForceReleaseRequest request, StreamObserver<ForceReleaseResponse> out) {
        calls.once(
                out,
                request.getRequestId(),
                caller -> new Command.ForceRelease(
                        Named.kind(request.getKind()),
                        request.getName(),
                        request.getToken(),
                        caller.subject(),
                        request.getReason()),
                Answer.Taken.class,
                answer -> {
                    var response = ForceReleaseResponse.newBuilder();
                    answer.grants().forEach(grant -> response.addTaken(Messages.grant(grant)));
                    return response.build();
                });
    }

    void get(GetResourceRequest request, StreamObserver<Resource> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.GetResource(Named.kind(request.getKind()), request.getName()),
                Answer.OneResource.class,
                (answer, staleness) -> {
                    Resource.Builder resource = Resource.newBuilder()
                            .setKind(answer.kind().label())
                            .setName(answer.name())
                            .setCapacity(answer.capacity())
                            .setUsed(answer.used());
                    answer.grants().forEach(grant -> resource.addGrants(Messages.grant(grant)));
                    if (staleness != null) {
                        resource.setStaleness(staleness);
                    }
                    return resource.build();
                });
    }

    void list(ListGrantsRequest request, StreamObserver<ListGrantsResponse> out) {
        calls.read(
                out,
                request.getStale(),
                caller -> new Command.ListGrants(
                        request.getKind().isEmpty() ? null : Named.kind(request.getKind()),
                        request.getNamePrefix(),
                        request.getAfter(),
                        Commands.limit(request.getLimit()),
                        request.hasOlderThan() ? Times.millis(true, request.getOlderThan()) : 0),
                Answer.GrantPage.class,
                (page, staleness) -> {
                    var response = ListGrantsResponse.newBuilder();
                    page.grants().forEach(grant -> response.addGrants(Messages.grant(grant)));
                    if (page.next() != null) {
                        response.setNext(page.next());
                    }
                    if (staleness != null) {
                        response.setStaleness(staleness);
                    }
                    return response.build();
                });
    }
}
