package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.v1.AcquireAllRequest;
import dev.homeroom.coordinator.v1.AcquireAllResponse;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.Affinity;
import dev.homeroom.coordinator.v1.AssignTaskRequest;
import dev.homeroom.coordinator.v1.AssignTaskResponse;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.ClaimTasksResponse;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.DeleteAffinityRequest;
import dev.homeroom.coordinator.v1.DeleteAffinityResponse;
import dev.homeroom.coordinator.v1.FindSessionsRequest;
import dev.homeroom.coordinator.v1.FindSessionsResponse;
import dev.homeroom.coordinator.v1.ForceReleaseRequest;
import dev.homeroom.coordinator.v1.ForceReleaseResponse;
import dev.homeroom.coordinator.v1.GetAffinityRequest;
import dev.homeroom.coordinator.v1.GetLimitRequest;
import dev.homeroom.coordinator.v1.GetResourceRequest;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.Limit;
import dev.homeroom.coordinator.v1.ListAffinitiesRequest;
import dev.homeroom.coordinator.v1.ListAffinitiesResponse;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListGrantsResponse;
import dev.homeroom.coordinator.v1.ListLimitsRequest;
import dev.homeroom.coordinator.v1.ListLimitsResponse;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.ListSessionsResponse;
import dev.homeroom.coordinator.v1.MaintainRequest;
import dev.homeroom.coordinator.v1.MaintainResponse;
import dev.homeroom.coordinator.v1.PutAffinityRequest;
import dev.homeroom.coordinator.v1.PutLimitRequest;
import dev.homeroom.coordinator.v1.RaiseTokenFloorRequest;
import dev.homeroom.coordinator.v1.RaiseTokenFloorResponse;
import dev.homeroom.coordinator.v1.ReadAuditRequest;
import dev.homeroom.coordinator.v1.ReadAuditResponse;
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
import dev.homeroom.coordinator.v1.Resource;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.SessionReply;
import dev.homeroom.coordinator.v1.SessionRequest;
import dev.homeroom.coordinator.v1.UseRateRequest;
import dev.homeroom.coordinator.v1.UseRateResponse;
import dev.homeroom.coordinator.v1.WatchEvent;
import dev.homeroom.coordinator.v1.WatchRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/**
 * {@code homeroom.coordinator.v1}: the operations of the HTTP surface, and those for queue-service only. Who may call what
 * says {@link Doorkeeper}. Nothing here waits: calls are answered when the log has applied what they asked.
 */
@GrpcService
public class CoordinatorEndpoint extends CoordinatorGrpc.CoordinatorImplBase {
    private final SessionCalls sessions;
    private final GrantCalls grants;
    private final LimitCalls limits;
    private final AffinityCalls affinities;
    private final ChangeCalls changes;
    private final TaskCalls tasks;
    private final SessionOperations operations;

    /** Over what the operations have in common, by subject. */
    @Inject
    public CoordinatorEndpoint(
            SessionCalls sessions,
            GrantCalls grants,
            LimitCalls limits,
            AffinityCalls affinities,
            ChangeCalls changes,
            TaskCalls tasks,
            SessionOperations operations) {
        this.sessions = sessions;
        this.grants = grants;
        this.limits = limits;
        this.affinities = affinities;
        this.changes = changes;
        this.tasks = tasks;
        this.operations = operations;
    }

    @Override
    public void registerSession(RegisterSessionRequest request, StreamObserver<Session> out) {
        sessions.register(request, out);
    }

    @Override
    public void releaseSession(ReleaseSessionRequest request, StreamObserver<ReleaseSessionResponse> out) {
        sessions.release(request, out);
    }

    @Override
    public void getSession(GetSessionRequest request, StreamObserver<Session> out) {
        sessions.get(request, out);
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> out) {
        sessions.list(request, out);
    }

    @Override
    public void findSessions(FindSessionsRequest request, StreamObserver<FindSessionsResponse> out) {
        sessions.find(request, out);
    }

    @Override
    public void heartbeat(HeartbeatsRequest request, StreamObserver<HeartbeatsResponse> out) {
        sessions.heartbeat(request, out);
    }

    @Override
    public StreamObserver<HeartbeatsRequest> keepAlive(StreamObserver<HeartbeatsResponse> out) {
        return sessions.keepAlive(out);
    }

    @Override
    public StreamObserver<SessionRequest> converse(StreamObserver<SessionReply> out) {
        return operations.converse(out);
    }

    @Override
    public void acquire(AcquireRequest request, StreamObserver<Grant> out) {
        grants.acquire(request, out);
    }

    @Override
    public void acquireAll(AcquireAllRequest request, StreamObserver<AcquireAllResponse> out) {
        grants.acquireAll(request, out);
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<Grant> out) {
        grants.renew(request, out);
    }

    @Override
    public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> out) {
        grants.release(request, out);
    }

    @Override
    public void forceRelease(ForceReleaseRequest request, StreamObserver<ForceReleaseResponse> out) {
        grants.force(request, out);
    }

    @Override
    public void getResource(GetResourceRequest request, StreamObserver<Resource> out) {
        grants.get(request, out);
    }

    @Override
    public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> out) {
        grants.list(request, out);
    }

    @Override
    public void putLimit(PutLimitRequest request, StreamObserver<Limit> out) {
        limits.put(request, out);
    }

    @Override
    public void getLimit(GetLimitRequest request, StreamObserver<Limit> out) {
        limits.get(request, out);
    }

    @Override
    public void listLimits(ListLimitsRequest request, StreamObserver<ListLimitsResponse> out) {
        limits.list(request, out);
    }

    @Override
    public void consume(UseRateRequest request, StreamObserver<UseRateResponse> out) {
        limits.consume(request, out);
    }

    @Override
    public void refund(UseRateRequest request, StreamObserver<UseRateResponse> out) {
        limits.refund(request, out);
    }

    @Override
    public void putAffinity(PutAffinityRequest request, StreamObserver<Affinity> out) {
        affinities.put(request, out);
    }

    @Override
    public void getAffinity(GetAffinityRequest request, StreamObserver<Affinity> out) {
        affinities.get(request, out);
    }

    @Override
    public void listAffinities(ListAffinitiesRequest request, StreamObserver<ListAffinitiesResponse> out) {
        affinities.list(request, out);
    }

    @Override
    public void deleteAffinity(DeleteAffinityRequest request, StreamObserver<DeleteAffinityResponse> out) {
        affinities.delete(request, out);
    }

    @Override
    public void readAudit(ReadAuditRequest request, StreamObserver<ReadAuditResponse> out) {
        changes.audit(request, out);
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchEvent> out) {
        changes.watch(request, out);
    }

    @Override
    public void maintain(MaintainRequest request, StreamObserver<MaintainResponse> out) {
        changes.maintain(request, out);
    }

    @Override
    public void claimTasks(ClaimTasksRequest request, StreamObserver<ClaimTasksResponse> out) {
        tasks.claim(request, out);
    }

    @Override
    public void assignTask(AssignTaskRequest request, StreamObserver<AssignTaskResponse> out) {
        tasks.assign(request, out);
    }

    @Override
    public void renewTasks(RenewTasksRequest request, StreamObserver<RenewTasksResponse> out) {
        tasks.renew(request, out);
    }

    @Override
    public void releaseTasks(ReleaseTasksRequest request, StreamObserver<ReleaseTasksResponse> out) {
        tasks.release(request, out);
    }

    @Override
    public void raiseTokenFloor(RaiseTokenFloorRequest request, StreamObserver<RaiseTokenFloorResponse> out) {
        tasks.raiseFloor(request, out);
    }
}
