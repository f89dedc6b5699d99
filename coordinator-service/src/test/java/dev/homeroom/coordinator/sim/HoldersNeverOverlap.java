package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In true time, two holders that stop at their deadlines never believe in the same lock at once; unless it was taken by
 * force, which only the token guards against (R-L1).
 */
final class HoldersNeverOverlap extends Invariant {
    private final List<Client> clients = new ArrayList<>();

    @Override
    void uses(Client client, Holding holding, Chart chart) {
        if (!clients.contains(client)) {
            clients.add(client);
        }
        if (holding.kind() == Kind.LIMIT) {
            return;
        }
        for (Client other : clients) {
            for (Holding its : other.holdings().values()) {
                boolean same = its.kind() == holding.kind() && its.name().equals(holding.name());
                if (same && its.token() != holding.token() && other.up() && other.believes(its)) {
                    must(
                            taken(chart.everHeld(its.token())) || taken(chart.everHeld(holding.token())),
                            client + " uses " + holding + " while " + other + " believes in " + its);
                }
            }
        }
    }

    private static boolean taken(Chart.@Nullable Held held) {
        EndReason ended = held == null ? null : held.ended();
        return ended == EndReason.SUPERSEDED || ended == EndReason.STOLEN || ended == EndReason.FORCED;
    }
}
