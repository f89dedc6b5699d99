package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.acquire;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static dev.homeroom.coordinator.grpc.Client.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.RequestId;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.SessionOperation;
import dev.homeroom.coordinator.v1.SessionReply;
import dev.homeroom.coordinator.v1.SessionRequest;
import dev.homeroom.coordinator.v1.SessionResult;
import dev.homeroom.coordinator.v1.UseRateRequest;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class ConverseGrpcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Client client = new Client();
    private final Session first = client.register("first");
    private final Session second = client.register("second");
    private final String lock = fresh("lock");
    private final Talk talk = new Talk();

    @Inject
    FrontDesk desk;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aLockIsAcquiredOnceForASeqAndReleased_RL1_RL10() {
        var acquire = acquire(first, "lock", lock).toBuilder()
                .setRequest(RequestId.newBuilder().setSeq(1).setUnanswered(1))
                .build();
        talk.say(operation(1).setAcquire(acquire), operation(2).setAcquire(acquire));
        long token = talk.result(1).getAcquire().getToken();
        assertThat(token).isPositive();
        assertThat(talk.result(2).getAcquire().getToken()).as("the repeat").isEqualTo(token);
        var release = release(first, token, 2);
        talk.say(operation(3).setRelease(release), operation(4).setRelease(release));
        assertThat(talk.result(3).hasRelease()).isTrue();
        assertThat(talk.result(4).hasRelease()).as("the repeat").isTrue();
        talk.say(operation(5).setAcquire(acquire(second, "lock", lock)));
        assertThat(talk.result(5).getAcquire().getToken()).isGreaterThan(token);
    }

    @Test
    void aWaitingAcquireHoldsUpNoOther_RL2() {
        talk.say(operation(1).setAcquire(acquire(first, "lock", lock)));
        long token = talk.result(1).getAcquire().getToken();
        talk.say(
                operation(2).setAcquire(waiting(second, "lock", lock, 60, 1)),
                operation(3).setHeartbeat(HeartbeatsRequest.newBuilder().addHeartbeats(beat(second))));
        assertThat(talk.result(3).getHeartbeat().getResults(0).hasProblem()).isFalse();
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        assertThat(talk.has(2)).isFalse();
        talk.say(operation(4).setRelease(release(first, token, 1)));
        assertThat(talk.result(2).getAcquire().getToken()).isGreaterThan(token);
        nothingWaits();
    }

    @Test
    void aRefusedOperationHarmsNoOther_RL1() {
        talk.say(operation(1).setAcquire(acquire(first, "lock", lock)));
        talk.result(1);
        talk.say(
                operation(2).setAcquire(acquire(second, "lock", lock)),
                operation(3).setAcquire(acquire(second, "nonsense", lock)),
                operation(4),
                operation(5)
                        .setConsume(UseRateRequest.newBuilder()
                                .setKey(lock)
                                .setSession(second.getId())
                                .setIncarnation(second.getIncarnation())),
                operation(6).setAcquire(acquire(second, "lock", fresh("lock"))));
        assertThat(talk.result(2).getProblem().getHolder().getSession()).isEqualTo(first.getId());
        assertThat(talk.result(3).getProblem().getType()).endsWith("invalid");
        assertThat(talk.result(4).getProblem().getType()).endsWith("invalid");
        assertThat(talk.result(5).hasConsume() || talk.result(5).hasProblem()).isTrue();
        assertThat(talk.result(6).getAcquire().getToken()).isPositive();
    }

    @Test
    void theEndOfTheStreamEndsItsWaits_RL2() {
        talk.say(operation(1).setAcquire(acquire(first, "lock", lock)));
        talk.result(1);
        talk.say(operation(2).setAcquire(waiting(second, "lock", lock, 600, 1)));
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        talk.cancel();
        nothingWaits();
    }

    @Test
    void whatIsUnderWayIsAnsweredAfterTheLastRequestAndAStreamMustBeAllowed_RL10() {
        talk.say(operation(1).setAcquire(acquire(first, "lock", lock)));
        talk.end();
        assertThat(talk.result(1).getAcquire().getToken()).isPositive();
        talk.over.join();
        Talk denied = new Talk("operator");
        assertThat(denied.over
                        .handle((ended, failure) -> Status.fromThrowable(failure))
                        .join()
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void aFloodIsTakenAsFastAsItIsServed_RL10() {
        int messages = 40;
        int each = 500;
        for (int i = 0; i < messages; i++) {
            int from = i * each;
            talk.say(LongStream.range(from, from + each)
                    .mapToObj(id -> operation(id)
                            .setHeartbeat(HeartbeatsRequest.newBuilder().addHeartbeats(beat(first))))
                    .toArray(SessionOperation.Builder[]::new));
        }
        talk.end();
        talk.over.join();
        assertThat(talk.results).hasSize(messages * each);
        assertThat(talk.results.values()).noneMatch(SessionResult::hasProblem);
    }

    private static SessionOperation.Builder operation(long id) {
        return SessionOperation.newBuilder().setId(id);
    }

    private static Heartbeat beat(Session session) {
        return Heartbeat.newBuilder()
                .setSession(session.getId())
                .setIncarnation(session.getIncarnation())
                .build();
    }

    private ReleaseRequest release(Session session, long token, long seq) {
        return ReleaseRequest.newBuilder()
                .setKind("lock")
                .setName(lock)
                .setSession(session.getId())
                .setIncarnation(session.getIncarnation())
                .setToken(token)
                .setRequest(RequestId.newBuilder().setSeq(seq).setUnanswered(seq))
                .build();
    }

    private void nothingWaits() {
        await().atMost(PATIENCE).until(() -> desk.waiting() == 0 && desk.leftovers() == 0);
    }

    /** The client's side of a stream. */
    private final class Talk implements ClientResponseObserver<SessionRequest, SessionReply> {
        private final Map<Long, SessionResult> results = new ConcurrentHashMap<>();
        private final CompletableFuture<Boolean> over = new CompletableFuture<>();
        private final StreamObserver<SessionRequest> requests;
        private @Nullable ClientCallStreamObserver<SessionRequest> call;

        Talk() {
            this("agent");
        }

        Talk(String role) {
            requests = client.streams(role).converse(this);
        }

        void say(SessionOperation.Builder... operations) {
            SessionRequest.Builder request = SessionRequest.newBuilder();
            List.of(operations).forEach(request::addOperations);
            requests.onNext(request.build());
        }

        boolean has(long id) {
            return results.containsKey(id);
        }

        SessionResult result(long id) {
            await().atMost(PATIENCE).until(() -> has(id));
            return Objects.requireNonNull(results.get(id));
        }

        void end() {
            requests.onCompleted();
        }

        void cancel() {
            Objects.requireNonNull(call).cancel("enough", null);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<SessionRequest> started) {
            call = started;
        }

        @Override
        public void onNext(SessionReply reply) {
            reply.getResultsList().forEach(result -> results.put(result.getId(), result));
        }

        @Override
        public void onError(Throwable failure) {
            over.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            over.complete(true);
        }
    }
}
