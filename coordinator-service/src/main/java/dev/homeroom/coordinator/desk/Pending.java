package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An answer that may take long. Thread-safe. */
public interface Pending {
    /** The answer, a rejection among them; fails with {@link Unanswered}. */
    CompletionStage<Answer> answer();

    /** Whether it may wait for others. */
    default boolean mayTakeLong() {
        return true;
    }

    /** The client has gone away: what still waits for it ends. Without effect once answered, or the second time. */
    void abandon();

    /** One that nothing can be done about. */
    static Pending of(CompletionStage<Answer> answer) {
        return new Pending() {
            @Override
            public CompletionStage<Answer> answer() {
                return answer;
            }

            @Override
            public boolean mayTakeLong() {
                return false;
            }

            @Override
            public void abandon() {
                // A command that was submitted is executed, whoever waits for it.
            }
        };
    }

    /** One that failed already. */
    static Pending failed(RuntimeException failure) {
        return of(CompletableFuture.failedFuture(failure));
    }
}
