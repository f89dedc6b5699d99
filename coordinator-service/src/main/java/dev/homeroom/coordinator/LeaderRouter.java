package dev.homeroom.coordinator;

import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Executes commands where the leader is: here, or one hop away. */
@ApplicationScoped
public class LeaderRouter implements Coordinator {
    private final Replica replica;
    private final LeaderLink link;
    private final CommandMeter meter;

    /** Over this replica and the link to the others. */
    @Inject
    public LeaderRouter(Replica replica, LeaderLink link, CommandMeter meter) {
        this.replica = replica;
        this.link = link;
        this.meter = meter;
    }

    @Override
    public CompletionStage<Answer> submit(Command command) {
        meter.submitted(command);
        if (replica.leading()) {
            return replica.submit(command);
        }
        Optional<Member> leader = replica.leader();
        if (leader.isEmpty() || leader.get().equals(replica.self())) {
            return CompletableFuture.failedFuture(
                    new Unanswered(Reason.NO_LEADER, "An election is going on; try again in a moment."));
        }
        return link.forward(leader.get(), command);
    }
}
