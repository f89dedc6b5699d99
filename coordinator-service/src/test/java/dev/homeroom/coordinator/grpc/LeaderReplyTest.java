package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.grpc.GrpcLeaderLink.Returning;
import dev.homeroom.coordinator.internal.v1.ForwardReply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LeaderReplyTest {
    @Test
    void aReplyThatCannotBeReadEndsTheWaitWithAnUnknownOutcome_R_L10() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        new Returning(answer).onSuccess(ForwardReply.getDefaultInstance());
        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow())
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        unanswered -> assertThat(unanswered.reason()).isEqualTo(Unanswered.Reason.INDETERMINATE));
    }
}
