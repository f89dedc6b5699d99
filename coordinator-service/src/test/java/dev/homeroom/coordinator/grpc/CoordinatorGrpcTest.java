package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.Candidate;
import dev.homeroom.coordinator.v1.ClaimTasks;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.ClaimTasksResult;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorBlockingStub;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.ListGrantsRequest;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.Problem;
import dev.homeroom.coordinator.v1.RaiseTokenFloorRequest;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseTasksRequest;
import dev.homeroom.coordinator.v1.RenewTasksRequest;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.TaskHold;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class CoordinatorGrpcTest {
    private final String id = "s-" + UUID.randomUUID();
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class))
            .usePlaintext()
            .build();
    private Session session = Session.getDefaultInstance();

    @BeforeEach
    void register() {
        session = as("agent")
                .registerSession(RegisterSessionRequest.newBuilder()
                        .setId(id)
                        .setInstance("i")
                        .setMaxConcurrentTasks(10)
                        .build());
        assertThat(session.getIncarnation()).isPositive();
        assertThat(session.getLeaseTimeout().getSeconds()).isEqualTo(30);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void theQueueClaimsRenewsAndReleasesTasks_RL4() {
        String task = UUID.randomUUID().toString();
        ClaimTasksResult claimed = claim(task);
        assertThat(claimed.hasProblem()).isFalse();
        assertThat(claimed.getGrantsList()).hasSize(1);
        assertThat(claimed.getGrants(0).getTask()).isEqualTo(task);
        long token = claimed.getGrants(0).getToken();
        assertThat(claim(task).getGrantsList()).as("held already").isEmpty();

        TaskHold hold = TaskHold.newBuilder()
                .setTask(task)
                .setSession(id)
                .setToken(token)
                .build();
        var renewed = as("service")
                .renewTasks(RenewTasksRequest.newBuilder()
                        .addHolds(hold)
                        .addHolds(hold.toBuilder().setToken(token + 1_000))
                        .setTtl(Duration.newBuilder().setSeconds(60))
                        .build());
        assertThat(renewed.getResults(0).getGrant().getRemaining().getSeconds()).isEqualTo(60);
        assertThat(renewed.getResults(1).getProblem().getType()).isEqualTo("urn:homeroom:problem:stale-token");
        assertThat(as("operator")
                        .listGrants(ListGrantsRequest.newBuilder()
                                .setKind("claim")
                                .setNamePrefix("task/" + task)
                                .build())
                        .getGrants(0)
                        .getToken())
                .isEqualTo(token);
        var release = ReleaseTasksRequest.newBuilder().addHolds(hold).build();
        assertThat(as("service").releaseTasks(release).getReleased()).isEqualTo(1);
        assertThat(as("service").releaseTasks(release).getReleased()).isZero();

        long floor = token + 1_000_000;
        as("service")
                .raiseTokenFloor(
                        RaiseTokenFloorRequest.newBuilder().setFloor(floor).build());
        assertThat(claim(task).getGrants(0).getToken()).isGreaterThan(floor);
    }

    @Test
    void aRefusalCarriesItsProblem_RL3() {
        AcquireRequest request = AcquireRequest.newBuilder()
                .setKind("claim")
                .setName("task/1")
                .setSession(id)
                .setIncarnation(session.getIncarnation())
                .build();
        StatusRuntimeException refused = refusal(() -> as("agent").acquire(request));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(problem(refused).getType()).isEqualTo("urn:homeroom:problem:managed-by-queue");
        StatusRuntimeException unknown = refusal(
                () -> as("agent").acquire(request.toBuilder().setKind("wish").build()));
        assertThat(problem(unknown).getType()).isEqualTo("urn:homeroom:problem:invalid");
    }

    @Test
    void oneBadHeartbeatHarmsNoOther_RS2() {
        HeartbeatsResponse response = as("agent")
                .heartbeat(HeartbeatsRequest.newBuilder()
                        .addHeartbeats(
                                Heartbeat.newBuilder().setSession("nobody").setIncarnation(1))
                        .addHeartbeats(Heartbeat.newBuilder().setSession(id).setIncarnation(session.getIncarnation()))
                        .build());
        assertThat(response.getResults(0).getProblem().getType()).isEqualTo("urn:homeroom:problem:not-found");
        assertThat(response.getResults(1).hasProblem()).isFalse();
        assertThat(response.getResults(1).getLeaseRemaining().getSeconds()).isPositive();
    }

    @Test
    void tokensDecideWhoMayDoWhat() {
        ListSessionsRequest list = ListSessionsRequest.getDefaultInstance();
        // The framework answers a call without a token like one with the wrong role.
        assertThat(code(() -> CoordinatorGrpc.newBlockingStub(channel).listSessions(list)))
                .isIn(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED);
        assertThat(code(() -> as("teacher").listSessions(list))).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(as("operator").listSessions(list).getSessionsList()).isNotEmpty();
        RaiseTokenFloorRequest floor = RaiseTokenFloorRequest.getDefaultInstance();
        assertThat(code(() -> as("agent").raiseTokenFloor(floor))).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private ClaimTasksResult claim(String task) {
        return as("service")
                .claimTasks(ClaimTasksRequest.newBuilder()
                        .addClaims(ClaimTasks.newBuilder()
                                .setSession(id)
                                .setIncarnation(session.getIncarnation())
                                .setCount(1)
                                .addCandidates(
                                        Candidate.newBuilder().setTask(task).setPriority(5)))
                        .build())
                .getResults(0);
    }

    private CoordinatorBlockingStub as(String role) {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + JwtResource.token(role));
        return CoordinatorGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static Status.Code code(Runnable call) {
        return refusal(call).getStatus().getCode();
    }

    private static StatusRuntimeException refusal(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    private static Problem problem(StatusRuntimeException refused) {
        try {
            return Problem.parseFrom(
                    Objects.requireNonNull(refused.getTrailers()).get(Problems.TRAILER));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
