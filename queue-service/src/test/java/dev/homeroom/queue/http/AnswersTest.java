package dev.homeroom.queue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.platform.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswersTest {
    @Test
    void anAnswerCanBeCancelledWhenTheClientGoesAway() {
        var answer = Answers.of(CompletableFuture.completedStage("body").thenCompose(_ -> new CompletableFuture<>()))
                .toCompletableFuture();
        assertThat(answer.cancel(true)).isTrue();
    }

    @Test
    void aClientThatHasGoneIsNoDefect() {
        var waiting = new CompletableFuture<String>();
        var answer = Answers.of(CompletableFuture.completedStage("body").thenCompose(_ -> waiting))
                .toCompletableFuture();
        waiting.cancel(false);
        assertThat(answer.exceptionNow()).isInstanceOf(ProblemException.class);
    }
}
