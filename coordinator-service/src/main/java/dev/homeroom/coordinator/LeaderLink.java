package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import java.util.concurrent.CompletionStage;

/** Hands commands to another replica. Thread-safe. */
public interface LeaderLink {
    /**
     * Lets that replica execute the command if it leads; it does not pass it on. Bounded and limited in time.
     *
     * @return the answer; fails with {@link Unanswered}
     */
    CompletionStage<Answer> forward(Member leader, Command command);

    /** Opens the way to a replica that may lead next, so that the first command after an election need not. Never waits. */
    void prepare(Member member);

    /**
     * The same for a change of the members.
     *
     * @return the cluster after it; fails with {@link ClusterRefused} or {@link Unanswered}
     */
    CompletionStage<ClusterView> change(Member leader, ClusterChange change);
}
