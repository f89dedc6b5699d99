package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import java.util.concurrent.CompletionStage;

/**
 * What the interfaces (HTTP, gRPC) see of the coordinator: commands in, answers out. Thread-safe.
 */
public interface Coordinator {
    /** The longest that {@link #submit} waits, in milliseconds: several elections, but less than a client's patience. */
    long TIME_LIMIT_MS = 8_000;

    /**
     * Executes a command on the replicated state; reads are commands too, so every answer is linearizable. The answer
     * leaves after commit and apply.
     *
     * @return the answer, a rejection among them; fails with {@link Unanswered} when there is none
     */
    CompletionStage<Answer> submit(Command command);

    /**
     * {@link #submit} for whoever goes on only with the expected answer.
     *
     * @return the answer; fails with {@link Refused} or {@link Unanswered}
     */
    default <A extends Answer> CompletionStage<A> ask(Command command, Class<A> expected) {
        return submit(command).thenApply(answer -> {
            if (answer instanceof Answer.Rejected rejected) {
                throw new Refused(rejected.rejection());
            }
            return expected.cast(answer);
        });
    }
}
