package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.code;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static dev.homeroom.coordinator.grpc.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.v1.Affinity;
import dev.homeroom.coordinator.v1.AssignTaskRequest;
import dev.homeroom.coordinator.v1.Candidate;
import dev.homeroom.coordinator.v1.DeleteAffinityRequest;
import dev.homeroom.coordinator.v1.FindSessionsRequest;
import dev.homeroom.coordinator.v1.GetAffinityRequest;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.ListAffinitiesRequest;
import dev.homeroom.coordinator.v1.ListSessionsRequest;
import dev.homeroom.coordinator.v1.MaintainRequest;
import dev.homeroom.coordinator.v1.PutAffinityRequest;
import dev.homeroom.coordinator.v1.RegisterSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseSessionRequest;
import dev.homeroom.coordinator.v1.ReleaseTasksRequest;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.TaskHold;
import dev.homeroom.coordinator.v1.TaskOutcome;
import dev.homeroom.coordinator.v1.Window;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class SessionsGrpcTest {
    private final Client client = new Client();
    private final Session session = client.register("s");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theSameInstanceIsTheSameIncarnationAnotherFencesIt_RS1() {
        var again = RegisterSessionRequest.newBuilder()
                .setId(session.getId())
                .setInstance("i")
                .build();
        assertThat(client.as("agent").registerSession(again).getIncarnation()).isEqualTo(session.getIncarnation());
        var other = again.toBuilder()
                .setInstance("j")
                .setHeartbeatInterval(Duration.newBuilder().setSeconds(7))
                .build();
        Session second = client.as("agent").registerSession(other);
        assertThat(second.getIncarnation()).isGreaterThan(session.getIncarnation());
        assertThat(second.getHeartbeatInterval().getSeconds()).isEqualTo(7);
        assertThat(beat().getResults(0).getProblem().getType()).endsWith("stale-incarnation");
        var release = ReleaseSessionRequest.newBuilder().setId(session.getId()).build();
        client.as("agent").acquire(Client.acquire(second, "lock", fresh("lock")));
        assertThat(client.as("agent").releaseSession(release).getGrantsEnded()).isEqualTo(1);
    }

    @Test
    void theKeepAliveStreamAnswersEveryRequestInOrder_RS2() {
        int many = 500;
        CompletableFuture<Integer> done = new CompletableFuture<>();
        var answers = new CopyOnWriteArrayList<String>();
        StreamObserver<HeartbeatsRequest> out = client.streams("agent").keepAlive(new StreamObserver<>() {
            @Override
            public void onNext(HeartbeatsResponse response) {
                answers.add(response.getResults(0).getSession()
                        + response.getResults(0).getProblem().getType());
            }

            @Override
            public void onError(Throwable failure) {
                done.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                done.complete(answers.size());
            }
        });
        for (int i = 0; i < many; i++) {
            String who = i % 10 == 9 ? "nobody-" + i : session.getId();
            out.onNext(HeartbeatsRequest.newBuilder()
                    .addHeartbeats(Heartbeat.newBuilder().setSession(who).setIncarnation(session.getIncarnation()))
                    .build());
        }
        out.onCompleted();
        assertThat(done.join()).isEqualTo(many);
        for (int i = 0; i < many; i++) {
            assertThat(answers.get(i))
                    .isEqualTo(i % 10 == 9 ? "nobody-" + i + "urn:homeroom:problem:not-found" : session.getId());
        }
    }

    @Test
    void aSessionTellsWhatIsKnownOfIt_RS3_RS8() {
        client.as("agent")
                .heartbeat(HeartbeatsRequest.newBuilder()
                        .addHeartbeats(Heartbeat.newBuilder()
                                .setSession(session.getId())
                                .setIncarnation(session.getIncarnation())
                                .putUsage("tokens", 12.5))
                        .build());
        Session known = client.as("operator")
                .getSession(
                        GetSessionRequest.newBuilder().setId(session.getId()).build());
        assertThat(known.getStatus()).isIn("active", "idle");
        assertThat(known.getUntilStale().getSeconds()).isGreaterThan(290);
        assertThat(known.getLeaseRemaining().getSeconds()).isGreaterThan(20);
        assertThat(known.getStatistics().getUsageMap()).containsEntry("tokens", 12.5);
        assertThat(known.hasStaleness()).isFalse();
    }

    @Test
    void aSilentSessionFailsAndMaintenanceIsForOperators_RS4() {
        Session brief = client.as("agent")
                .registerSession(RegisterSessionRequest.newBuilder()
                        .setInstance(UUID.randomUUID().toString())
                        .setLeaseTimeout(Duration.newBuilder().setSeconds(1))
                        .build());
        // Until its first sign of life a session has the launch grace.
        assertThat(client.as("agent")
                        .heartbeat(HeartbeatsRequest.newBuilder()
                                .addHeartbeats(Heartbeat.newBuilder()
                                        .setSession(brief.getId())
                                        .setIncarnation(brief.getIncarnation()))
                                .build())
                        .getResults(0)
                        .hasProblem())
                .isFalse();
        assertThat(code(() -> client.as("agent").maintain(MaintainRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        await().atMost(java.time.Duration.ofSeconds(20)).untilAsserted(() -> {
            var unused = client.as("operator").maintain(MaintainRequest.getDefaultInstance());
            assertThat(client.as("agent")
                            .getSession(GetSessionRequest.newBuilder()
                                    .setId(brief.getId())
                                    .build())
                            .getStatus())
                    .isEqualTo("failed");
        });
    }

    @Test
    void aTaskIsPushedToTheBestSessionWhichIsTold_RS6_RS8() {
        String skill = "skill-" + UUID.randomUUID();
        Session able = client.as("agent")
                .registerSession(RegisterSessionRequest.newBuilder()
                        .setInstance(UUID.randomUUID().toString())
                        .addCapabilities(skill)
                        .build());
        var found = client.as("operator")
                .findSessions(
                        FindSessionsRequest.newBuilder().addCapabilities(skill).build());
        assertThat(found.getSessionsList())
                .singleElement()
                .satisfies(
                        ranked -> assertThat(ranked.getScore().getPartsList()).isNotEmpty());
        String task = UUID.randomUUID().toString();
        var assign = AssignTaskRequest.newBuilder()
                .setTask(Candidate.newBuilder().setTask(task).addCapabilities(skill))
                .setRequestId(task)
                .build();
        assertThat(code(() -> client.as("agent").assignTask(assign))).isEqualTo(Status.Code.PERMISSION_DENIED);
        var assigned = client.as("service").assignTask(assign);
        assertThat(assigned.getHolder().getSession()).isEqualTo(able.getId());
        assertThat(client.as("service").assignTask(assign).getGrant().getToken())
                .isEqualTo(assigned.getGrant().getToken());
        var told = client.as("agent")
                .heartbeat(HeartbeatsRequest.newBuilder()
                        .addHeartbeats(
                                Heartbeat.newBuilder().setSession(able.getId()).setIncarnation(able.getIncarnation()))
                        .build())
                .getResults(0);
        assertThat(told.getAssigned(0).getTask()).isEqualTo(task);
        client.as("service")
                .releaseTasks(ReleaseTasksRequest.newBuilder()
                        .addHolds(TaskHold.newBuilder()
                                .setTask(task)
                                .setSession(able.getId())
                                .setToken(assigned.getGrant().getToken())
                                .setOutcome(TaskOutcome.TASK_OUTCOME_DONE))
                        .build());
        var statistics = client.as("agent")
                .getSession(GetSessionRequest.newBuilder().setId(able.getId()).build())
                .getStatistics();
        assertThat(statistics.getTasksDone()).isEqualTo(1);
        assertThat(statistics.hasMeanTaskDuration()).isTrue();
    }

    @Test
    void affinitiesAreMadeReadAndRemoved_RS7() {
        var put = PutAffinityRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setAffinity(Affinity.newBuilder()
                        .setSession(session.getId())
                        .setLesson("algebra")
                        .setWeight(20)
                        .addWindows(Window.newBuilder()
                                .addDays("MON")
                                .setFrom("09:00")
                                .setTo("12:30")
                                .setZone("Europe/Berlin")))
                .build();
        Affinity made = client.as("agent").putAffinity(put);
        assertThat(client.as("agent").putAffinity(put).getId()).isEqualTo(made.getId());
        Affinity read = client.as("operator")
                .getAffinity(GetAffinityRequest.newBuilder().setId(made.getId()).build());
        assertThat(read.getWindows(0).getTo()).isEqualTo("12:30");
        assertThat(client.as("agent")
                        .listAffinities(ListAffinitiesRequest.newBuilder()
                                .setSession(session.getId())
                                .build())
                        .getAffinitiesList())
                .hasSize(1);
        client.as("agent")
                .deleteAffinity(
                        DeleteAffinityRequest.newBuilder().setId(made.getId()).build());
        assertThat(problem(() -> client.as("agent")
                                .getAffinity(GetAffinityRequest.newBuilder()
                                        .setId(made.getId())
                                        .build()))
                        .getType())
                .endsWith("not-found");
    }

    @Test
    void aReadMayBeOldWhenTheCallerSaysSo_RL10() {
        var list = client.as("operator")
                .listSessions(ListSessionsRequest.newBuilder().setStale(true).build());
        assertThat(list.getStaleness().getIndex()).isPositive();
        assertThat(client.as("operator")
                        .listSessions(ListSessionsRequest.getDefaultInstance())
                        .hasStaleness())
                .isFalse();
    }

    @Test
    void withoutAValidTokenACallIsUnauthenticated() {
        ListSessionsRequest list = ListSessionsRequest.getDefaultInstance();
        assertThat(code(() -> client.anonymous().listSessions(list))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(code(() -> client.withToken("nonsense").listSessions(list))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(code(() -> client.as("teacher").listSessions(list))).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private HeartbeatsResponse beat() {
        return client.as("agent")
                .heartbeat(HeartbeatsRequest.newBuilder()
                        .addHeartbeats(Heartbeat.newBuilder()
                                .setSession(session.getId())
                                .setIncarnation(session.getIncarnation()))
                        .build());
    }
}
