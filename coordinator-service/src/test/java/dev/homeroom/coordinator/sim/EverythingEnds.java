package dev.homeroom.coordinator.sim;

/** When faults are over, one leader rules, all replicas have applied all, and every client has all its answers. */
final class EverythingEnds extends Invariant {
    @Override
    void over(Simulation simulation, Chart chart) {
        must(simulation.replicas().stream().filter(Replica::leads).count() == 1, "there is not one leader");
        for (Replica replica : simulation.replicas()) {
            long behind = simulation.witness().lastIndex() - replica.state().index();
            must(behind == 0, replica + " lags by " + behind + " entries");
        }
        for (Client client : simulation.clients()) {
            must(client.openOps() == 0, client + " still waits for " + client.openOps() + " answers");
        }
    }
}
