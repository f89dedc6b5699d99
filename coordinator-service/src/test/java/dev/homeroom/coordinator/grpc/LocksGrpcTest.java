package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.acquire;
import static dev.homeroom.coordinator.grpc.Client.code;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static dev.homeroom.coordinator.grpc.Client.problem;
import static dev.homeroom.coordinator.grpc.Client.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.v1.AcquireAllRequest;
import dev.homeroom.coordinator.v1.ForceReleaseRequest;
import dev.homeroom.coordinator.v1.GetResourceRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Problem;
import dev.homeroom.coordinator.v1.ReadAuditRequest;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.RenewRequest;
import dev.homeroom.coordinator.v1.ResourceName;
import dev.homeroom.coordinator.v1.Retry;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.Strategy;
import dev.homeroom.coordinator.v1.Terms;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class LocksGrpcTest {
    private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(20);

    private final Client client = new Client();
    private final Session first = client.register("first");
    private final Session second = client.register("second");
    private final String lock = fresh("lock");

    @Inject
    FrontDesk desk;

    @Inject
    MeterRegistry registry;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aLockIsAcquiredRenewedReleasedAndItsTokensGrow_RL1() {
        Grant grant = client.as("agent").acquire(acquire(first, "lock", lock));
        assertThat(client.as("agent").acquire(acquire(first, "lock", lock)).getToken())
                .isEqualTo(grant.getToken());
        assertThat(client.as("agent")
                        .renew(RenewRequest.newBuilder()
                                .setKind("lock")
                                .setName(lock)
                                .setSession(first.getId())
                                .setIncarnation(first.getIncarnation())
                                .setToken(grant.getToken())
                                .setTtl(Duration.newBuilder().setSeconds(90))
                                .build())
                        .getRemaining()
                        .getSeconds())
                .isEqualTo(90);
        release(first, lock, grant.getToken());
        assertThat(problem(() -> release(first, lock, grant.getToken())).getType())
                .endsWith("stale-token");
        assertThat(client.as("agent").acquire(acquire(second, "lock", lock)).getToken())
                .isGreaterThan(grant.getToken());
    }

    @Test
    void aRefusalNamesTheOwnerAndSaysWhatToDoNext_RL3() {
        client.as("agent").acquire(acquire(first, "lock", lock));
        Problem problem = problem(() -> client.as("agent").acquire(acquire(second, "lock", lock)));
        assertThat(problem.getType()).isEqualTo("urn:homeroom:problem:held");
        assertThat(problem.getHolder().getSession()).isEqualTo(first.getId());
        assertThat(problem.getHolder().getHost()).isEqualTo("dev-1");
        assertThat(problem.getHolder().getTty()).isEqualTo("pts/3");
        assertThat(problem.getHolder().getDeadline().getSeconds()).isPositive();
        assertThat(problem.getQueuePosition()).isEqualTo(1);
        assertThat(problem.hasRetryAfter()).isTrue();
        assertThat(problem.getNextList()).isNotEmpty();
    }

    @Test
    void anythingIsClaimedByOneAtATimeAndTheListsAgree_RL4() {
        client.as("agent").acquire(acquire(first, "claim", lock));
        assertThat(problem(() -> client.as("agent").acquire(acquire(second, "claim", lock)))
                        .getHolder()
                        .getSession())
                .isEqualTo(first.getId());
        assertThat(client.as("operator")
                        .getResource(GetResourceRequest.newBuilder()
                                .setKind("claim")
                                .setName(lock)
                                .build())
                        .getGrants(0)
                        .getHolder()
                        .getSession())
                .isEqualTo(first.getId());
    }

    @Test
    void aWaiterGetsTheLockWhenItIsReleased_RL2() throws Exception {
        Grant grant = client.as("agent").acquire(acquire(first, "lock", lock));
        var waiting = client.later("agent", "a").acquire(waiting(second, "lock", lock, 60, 1));
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        release(first, lock, grant.getToken());
        assertThat(waiting.get().getToken()).isGreaterThan(grant.getToken());
        nothingWaits();
    }

    @Test
    void aCallThatIsCancelledWaitsNoLonger_RL2() {
        client.as("agent").acquire(acquire(first, "lock", lock));
        var waiting = client.later("agent", "a").acquire(waiting(second, "lock", lock, 600, 1));
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        waiting.cancel(true);
        nothingWaits();
        Session third = client.register("third");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(problem(() -> client.as("agent").acquire(acquire(third, "lock", lock)))
                                .getQueuePosition())
                        .isEqualTo(1));
    }

    @Test
    void aConflictIsTriedAgain_RL2() throws Exception {
        Grant grant = client.as("agent").acquire(acquire(first, "lock", lock));
        Duration pause = Duration.newBuilder().setNanos(50_000_000).build();
        var trying = client.later("agent", "a")
                .acquire(acquire(second, "lock", lock).toBuilder()
                        .setTerms(Terms.newBuilder()
                                .setStrategy(Strategy.RETRY)
                                .setRetry(Retry.newBuilder().setMaxRetries(10).setInitialBackoff(pause)))
                        .build());
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        release(first, lock, grant.getToken());
        assertThat(trying.get().getToken()).isGreaterThan(grant.getToken());
    }

    @Test
    void forceIsForOperatorsAndIsAudited_RL2_RL9() {
        client.as("agent").acquire(acquire(first, "lock", lock));
        var force = acquire(second, "lock", lock).toBuilder()
                .setTerms(Terms.newBuilder().setStrategy(Strategy.FORCE_ACQUIRE).setReason("it hangs"))
                .build();
        assertThat(code(() -> client.as("agent").acquire(force))).isEqualTo(Status.Code.PERMISSION_DENIED);
        client.as("operator").acquire(force);
        var take = ForceReleaseRequest.newBuilder()
                .setKind("lock")
                .setName(lock)
                .setReason("again")
                .build();
        assertThat(code(() -> client.as("agent").forceRelease(take))).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(client.as("operator").forceRelease(take).getTakenCount()).isEqualTo(1);
        var trail = client.as("operator")
                .readAudit(ReadAuditRequest.newBuilder()
                        .setKind("lock")
                        .setName(lock)
                        .build());
        assertThat(trail.getChangesList()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(trail.getChanges(0).getGrant().getReason()).isEqualTo("forced");
        assertThat(trail.getChanges(0).getGrant().getBy()).isEqualTo("test-operator");
        assertThat(trail.getChanges(0).getGrant().getWhy()).isEqualTo("again");
    }

    @Test
    void severalAreAcquiredAllOrNoneAndACircleIsTold_RL7() throws InterruptedException, ExecutionException {
        String other = fresh("lock");
        client.as("agent").acquire(acquire(first, "lock", lock));
        Grant held = client.as("agent").acquire(acquire(second, "lock", other));
        var both = AcquireAllRequest.newBuilder()
                .setSession(first.getId())
                .setIncarnation(first.getIncarnation())
                .addResources(ResourceName.newBuilder().setKind("lock").setName(lock))
                .addResources(ResourceName.newBuilder().setKind("lock").setName(other))
                .build();
        assertThat(problem(() -> client.as("agent").acquireAll(both)).getType()).endsWith("held");
        var waiting = client.later("agent", "a").acquire(waiting(first, "lock", other, 60, 1));
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        Problem circle = problem(() -> client.as("agent").acquire(waiting(second, "lock", lock, 60, 1)));
        assertThat(circle.getType()).endsWith("deadlock");
        assertThat(circle.getCycleList()).hasSize(2);
        release(second, other, held.getToken());
        waiting.get();
        assertThat(client.as("agent").acquireAll(both).getGrantsList()).hasSize(2);
    }

    @Test
    void locksAreMeasured_RL8() {
        Grant grant = client.as("agent").acquire(acquire(first, "lock", lock));
        assertThat(code(() -> client.as("agent").acquire(acquire(second, "lock", lock))))
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
        release(first, lock, grant.getToken());
        assertThat(registry.get("homeroom.coordinator.acquire")
                        .tags("kind", "lock", "strategy", "fail-fast", "outcome", "conflict")
                        .counter()
                        .count())
                .isPositive();
        await().atMost(PATIENCE)
                .until(() -> registry.find("homeroom.coordinator.hold")
                                .tag("kind", "lock")
                                .timer()
                        != null);
        assertThat(registry.get("homeroom.coordinator.changes")
                        .tags("kind", "lock", "change", "released")
                        .counter()
                        .count())
                .isPositive();
        assertThat(registry.find("homeroom.coordinator.sessions.status").gauges())
                .hasSize(6);
    }

    private void release(Session session, String name, long token) {
        var unused = client.as("agent")
                .release(ReleaseRequest.newBuilder()
                        .setKind("lock")
                        .setName(name)
                        .setSession(session.getId())
                        .setIncarnation(session.getIncarnation())
                        .setToken(token)
                        .build());
    }

    private void nothingWaits() {
        await().atMost(PATIENCE).until(() -> desk.waiting() == 0 && desk.leftovers() == 0);
    }
}
