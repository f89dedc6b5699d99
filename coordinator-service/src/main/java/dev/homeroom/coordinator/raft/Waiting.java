package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** A command on its way into the log, and whoever waits for its answer. Thread-safe. */
record Waiting(Command command, CompletableFuture<Answer> answer) {
    private static final Logger LOG = Logger.getLogger(Waiting.class);

    /** That nobody waits for yet. */
    static Waiting of(Command command) {
        return new Waiting(command, new CompletableFuture<>());
    }

    /** That nobody waits for ever: its failure is logged. */
    static Waiting reported(Command command) {
        Waiting waiting = of(command);
        var unused = waiting.answer().whenComplete((given, failure) -> {
            if (failure != null || given instanceof Answer.Rejected) {
                LOG.warnf("%s was not replicated: %s", command, failure != null ? failure.getMessage() : given);
            }
        });
        return waiting;
    }

    /** It was not sent, because this replica does not lead. */
    void refuse() {
        answer.completeExceptionally(notLeading());
    }

    static Unanswered notLeading() {
        return new Unanswered(Reason.NO_LEADER, "this replica does not lead");
    }
}
