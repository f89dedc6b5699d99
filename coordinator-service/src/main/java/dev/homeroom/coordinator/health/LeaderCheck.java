package dev.homeroom.coordinator.health;

import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when a leader is known: this replica, once it takes commands, or another one. */
@Readiness
@ApplicationScoped
public class LeaderCheck implements HealthCheck {
    private final Replica replica;

    /** Of this replica. */
    @Inject
    public LeaderCheck(Replica replica) {
        this.replica = replica;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<Member> leader = replica.leader();
        boolean here = leader.filter(replica.self()::equals).isPresent();
        return HealthCheckResponse.named("leader")
                .status(leader.isPresent() && (!here || replica.leading()))
                .withData("node", replica.self().id())
                .withData("why", why(leader.isPresent(), here))
                .withData("leader", leader.map(Member::id).orElse("none"))
                .build();
    }

    private String why(boolean known, boolean here) {
        if (!known) {
            return replica.members().isEmpty()
                    ? "it waits to be added to a cluster: POST /api/cluster/members there"
                    : "it hears of no leader: an election is going on, too few replicas are up, or it is cut off";
        }
        return here && !replica.leading() ? "it was elected and still applies its log" : "it can reach the leader";
    }
}
