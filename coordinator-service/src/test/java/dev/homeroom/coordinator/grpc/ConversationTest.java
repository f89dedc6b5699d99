package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.HandOut;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.desk.Pending;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.SessionOperation;
import dev.homeroom.coordinator.v1.SessionReply;
import dev.homeroom.coordinator.v1.SessionRequest;
import dev.homeroom.coordinator.v1.SessionResult;
import dev.homeroom.coordinator.v1.Strategy;
import dev.homeroom.coordinator.v1.Terms;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Wire<SessionReply> wire = new Wire<>();
    private final Map<Long, Consumer<SessionResult>> open = new HashMap<>();
    private final List<Long> abandoned = new ArrayList<>();
    private final Conversation conversation = new Conversation(wire, this::begin, Runnable::run);

    @Test
    void resultsComeAsTheyAreReadyAndAWaitHoldsUpNobody_RL2() {
        send(waiting(1), release(2), release(3));
        answer(3);
        answer(2);
        assertThat(ids()).containsExactly(3L, 2L);
        answer(1);
        assertThat(ids()).containsExactly(3L, 2L, 1L);
    }

    @Test
    void theAnswersOfABatchGoOutInOneMessage_RL10() {
        send(release(1), release(2), release(3), release(4));
        HandOut.whole(() -> {
            answer(1);
            answer(2);
            answer(3);
        });
        assertThat(wire.sent).hasSize(1);
        assertThat(ids()).containsExactly(1L, 2L, 3L);
        answer(4);
        assertThat(wire.sent).hasSize(2);
    }

    @Test
    void aMessageCarriesABoundedNumberOfResults_RL10() {
        List<SessionOperation> many = new ArrayList<>();
        for (long id = 0; id < Conversation.OPERATIONS; id++) {
            many.add(release(id));
        }
        send(many.toArray(SessionOperation[]::new));
        HandOut.whole(() -> many.forEach(one -> answer(one.getId())));
        assertThat(wire.sent).hasSize(2);
        assertThat(wire.sent.getFirst().getResultsCount()).isEqualTo(Conversation.GATHERED);
        assertThat(ids()).hasSize(Conversation.OPERATIONS);
    }

    @Test
    void theEndOfTheStreamEndsItsWaits_RL2() {
        send(waiting(1), waiting(2), waiting(3), release(4));
        answer(2);
        wire.onCancel();
        assertThat(abandoned).containsExactlyInAnyOrder(1L, 3L);
        answer(4);
        conversation.onCompleted();
        assertThat(ids()).containsExactly(2L);
        assertThat(wire.completed).isFalse();
    }

    @Test
    void whatIsUnderWayIsStillAnsweredWhenTheClientHasNoMoreToSend_RL2() {
        send(waiting(1), release(2));
        conversation.onCompleted();
        answer(2);
        assertThat(wire.completed).isFalse();
        answer(1);
        assertThat(ids()).containsExactly(2L, 1L);
        assertThat(wire.completed).isTrue();
    }

    @Test
    void noMoreIsTakenWhileTooMuchIsUnderWay_RL10() {
        send(heartbeats(1, Conversation.UNDER_WAY));
        assertThat(wire.requested).as("the next message").isEqualTo(1);
        answer(1);
        assertThat(wire.requested).isEqualTo(2);
    }

    @Test
    void noMoreIsTakenFromAClientThatDoesNotRead_RL10() {
        send(heartbeats(1, Conversation.UNDER_WAY));
        wire.ready = false;
        answer(1);
        assertThat(wire.sent).isEmpty();
        assertThat(wire.requested).isEqualTo(1);
        wire.ready = true;
        wire.onReady();
        assertThat(ids()).containsExactly(1L);
        assertThat(wire.requested).isEqualTo(2);
    }

    @Test
    void whatIsOverTheBoundIsRefusedAndHarmsNoOther_RL10() {
        send(heartbeats(1, Conversation.UNDER_WAY), heartbeats(2, Conversation.UNDER_WAY), release(3), waiting(4));
        assertThat(ids()).containsExactly(3L);
        assertThat(result(3).getProblem().getType()).endsWith("overloaded");
        assertThat(open.keySet()).containsExactlyInAnyOrder(1L, 2L, 4L);
        answer(2);
        answer(4);
        assertThat(ids()).containsExactly(3L, 2L, 4L);
    }

    @Test
    void waitsAreBoundedToo_RL2() {
        for (long id = 0; id <= Conversation.WAITS; id++) {
            send(waiting(id));
        }
        assertThat(ids()).containsExactly((long) Conversation.WAITS);
        assertThat(result(Conversation.WAITS).getProblem().getType()).endsWith("overloaded");
        send(release(5_000));
        answer(5_000);
        assertThat(result(5_000).hasProblem()).isFalse();
    }

    @Test
    void aMessageOfTooManyOperationsEndsTheStreamAndItsWaits_RL10() {
        send(waiting(7));
        SessionOperation[] many = new SessionOperation[Conversation.OPERATIONS + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = release(i + 10);
        }
        send(many);
        assertThat(Status.fromThrowable(Objects.requireNonNull(wire.failed)).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(abandoned).containsExactly(7L);
        assertThat(open).hasSize(1);
    }

    private Pending begin(SessionOperation operation, Consumer<SessionResult> result) {
        open.put(operation.getId(), result);
        return new Pending() {
            @Override
            public CompletionStage<Answer> answer() {
                return new CompletableFuture<>();
            }

            @Override
            public void abandon() {
                abandoned.add(operation.getId());
                result.accept(SessionResult.getDefaultInstance());
            }
        };
    }

    private void send(SessionOperation... operations) {
        assertThat(wire.offered++).as("taken").isLessThan(wire.requested);
        conversation.onNext(SessionRequest.newBuilder()
                .addAllOperations(List.of(operations))
                .build());
    }

    private void answer(long id) {
        Objects.requireNonNull(open.get(id))
                .accept(SessionResult.newBuilder().setId(id).build());
    }

    private List<Long> ids() {
        return wire.sent.stream()
                .flatMap(reply -> reply.getResultsList().stream())
                .map(SessionResult::getId)
                .toList();
    }

    private SessionResult result(long id) {
        return wire.sent.stream()
                .flatMap(reply -> reply.getResultsList().stream())
                .filter(result -> result.getId() == id)
                .findFirst()
                .orElseThrow();
    }

    private static SessionOperation release(long id) {
        return SessionOperation.newBuilder()
                .setId(id)
                .setRelease(ReleaseRequest.getDefaultInstance())
                .build();
    }

    private static SessionOperation waiting(long id) {
        return SessionOperation.newBuilder()
                .setId(id)
                .setAcquire(
                        AcquireRequest.newBuilder().setTerms(Terms.newBuilder().setStrategy(Strategy.RETRY)))
                .build();
    }

    private static SessionOperation heartbeats(long id, int count) {
        HeartbeatsRequest.Builder request = HeartbeatsRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            request.addHeartbeats(Heartbeat.getDefaultInstance());
        }
        return SessionOperation.newBuilder().setId(id).setHeartbeat(request).build();
    }
}
