package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.acquire;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.v1.ReadAuditRequest;
import dev.homeroom.coordinator.v1.ReleaseSessionRequest;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.WatchEvent;
import dev.homeroom.coordinator.v1.WatchRequest;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class WatchGrpcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Client client = new Client();
    private final Session session = client.register("s");
    private final String prefix = fresh("lock");

    @Inject
    FrontDesk desk;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aWatcherHearsOfWhatItWantsInOrder_RL9() {
        Context.CancellableContext context = Context.current().withCancellation();
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        context.run(() -> watch(WatchRequest.newBuilder().setKind("lock").setNamePrefix(prefix), events));
        await().atMost(PATIENCE).until(() -> !events.isEmpty());
        assertThat(events.getFirst().hasBegun()).isTrue();
        client.as("agent").acquire(acquire(session, "lock", prefix + "a"));
        client.as("agent").acquire(acquire(session, "claim", prefix + "a"));
        client.as("agent").acquire(acquire(session, "lock", fresh("other")));
        client.as("agent").acquire(acquire(session, "lock", prefix + "b"));
        client.as("agent")
                .releaseSession(ReleaseSessionRequest.newBuilder()
                        .setId(session.getId())
                        .build());
        await().atMost(PATIENCE).until(() -> events.size() >= 5);
        assertThat(events.stream()
                        .skip(1)
                        .map(event -> event.getChange().getGrant())
                        .map(grant -> grant.getName().substring(prefix.length()) + grant.getReason()))
                .containsExactly("a", "b", "asession-released", "bsession-released");

        context.cancel(null);
        await().atMost(PATIENCE).until(() -> desk.watching() == 0);
    }

    @Test
    void aWatcherGoesOnAfterItsCursor_RL9() {
        client.as("agent").acquire(acquire(session, "lock", prefix + "a"));
        client.as("agent").acquire(acquire(session, "lock", prefix + "b"));
        var trail = client.as("operator")
                .readAudit(ReadAuditRequest.newBuilder()
                        .setSession(session.getId())
                        .setKind("lock")
                        .build());
        assertThat(trail.getChangesList()).hasSize(2);
        String afterFirst = trail.getChanges(1).getCursor();
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        watch(WatchRequest.newBuilder().setSession(session.getId()).setAfter(afterFirst), events);
        await().atMost(PATIENCE).until(() -> events.size() >= 2);
        assertThat(events.get(0).getBegun().getCursor()).isEqualTo(afterFirst);
        assertThat(events.get(1).getChange().getCursor())
                .isEqualTo(trail.getChanges(0).getCursor());
    }

    @Test
    void aCursorThatMeansNothingIsRefused_RL9() {
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        List<Throwable> failures = watch(WatchRequest.newBuilder().setAfter("yesterday"), events);
        await().atMost(PATIENCE).until(() -> !failures.isEmpty());
        assertThat(failures.getFirst()).hasMessageContaining("cursor");
    }

    private List<Throwable> watch(WatchRequest.Builder request, List<WatchEvent> events) {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        client.streams("operator").watch(request.build(), new StreamObserver<>() {
            @Override
            public void onNext(WatchEvent event) {
                events.add(event);
            }

            @Override
            public void onError(Throwable failure) {
                failures.add(failure);
            }

            @Override
            public void onCompleted() {
                failures.add(new AssertionError("it ended"));
            }
        });
        return failures;
    }
}
