package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.grpc.Lane.Handed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final List<List<Handed>> sent = new ArrayList<>();
    private final Lane lane = new Lane(sent::add);

    @Test
    void whatWaitsLeavesTogether_R_L10() {
        for (int i = 0; i < Lane.IN_FLIGHT + 1_000; i++) {
            lane.take(handed(1, 10));
        }
        assertThat(sent)
                .as("each alone while there is room")
                .hasSize(Lane.IN_FLIGHT)
                .allMatch(one -> one.size() == 1);
        lane.landed();
        lane.landed();
        assertThat(sent).hasSize(Lane.IN_FLIGHT + 2);
        assertThat(sent.get(Lane.IN_FLIGHT)).hasSize(Lane.COMMANDS);
        assertThat(sent.get(Lane.IN_FLIGHT + 1)).hasSize(1_000 - Lane.COMMANDS);
    }

    @Test
    void aMessageIsBoundedInWeightAndBytes_R_L10() {
        fill();
        for (int i = 0; i < 20; i++) {
            lane.take(handed(Lane.COMMANDS / 4, 1));
        }
        lane.landed();
        assertThat(sent.getLast()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            lane.landed();
        }
        lane.take(handed(1, Lane.BYTES - 1));
        lane.take(handed(1, Lane.BYTES - 1));
        lane.landed();
        assertThat(sent.getLast()).as("never both").hasSize(1);
    }

    @Test
    void whatDoesNotFitIsRefused_R_L10() {
        fill();
        List<Handed> waiting = new ArrayList<>();
        for (int i = 0; i < Lane.QUEUE + 1; i++) {
            Handed handed = handed(1, 1);
            waiting.add(handed);
            lane.take(handed);
        }
        assertThat(waiting.getFirst().answer()).isNotDone();
        assertThat(reason(waiting.getLast())).isEqualTo(Unanswered.Reason.OVERLOADED);
    }

    @Test
    void whatWaitedTooLongIsNotSent_R_L10() {
        fill();
        Handed late = new Handed(ByteString.EMPTY, 1, Lane.after(-1), new CompletableFuture<>());
        lane.take(late);
        lane.landed();
        assertThat(reason(late)).isEqualTo(Unanswered.Reason.OVERLOADED);
        assertThat(sent).hasSize(Lane.IN_FLIGHT);
    }

    private void fill() {
        for (int i = 0; i < Lane.IN_FLIGHT; i++) {
            lane.take(handed(1, 1));
        }
    }

    private static Unanswered.Reason reason(Handed handed) {
        assertThat(handed.answer()).isCompletedExceptionally();
        return ((Unanswered) handed.answer().exceptionNow()).reason();
    }

    private static Handed handed(int weight, int bytes) {
        return new Handed(
                ByteString.copyFrom(new byte[bytes]), weight, Lane.after(60_000), new CompletableFuture<Answer>());
    }
}
