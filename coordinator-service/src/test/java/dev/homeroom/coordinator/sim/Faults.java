package dev.homeroom.coordinator.sim;

import java.util.List;

/** What goes wrong with replicas, clocks, links and Kafka, until the weather is fine. */
final class Faults {
    private static final long SHORT = 200 * Schedule.MILLI;
    private static final long LONG = 4 * Schedule.SECOND;

    private final Simulation simulation;
    private final Schedule schedule;
    private boolean over;

    Faults(Simulation simulation) {
        this.simulation = simulation;
        this.schedule = simulation.schedule();
    }

    void begin() {
        if (simulation.weather().kafkaFails()) {
            kafka(true);
        }
        if (simulation.weather().faultEveryNanos() > 0) {
            next();
        }
    }

    void end() {
        over = true;
    }

    private void kafka(boolean down) {
        simulation.broker().down(down);
        schedule.after(schedule.between(SHORT, 2 * LONG), () -> {
            if (!over) {
                kafka(!down);
            }
        });
    }

    private void next() {
        long mean = simulation.weather().faultEveryNanos();
        schedule.after(schedule.between(mean / 10, 2 * mean), () -> {
            if (!over) {
                one();
                next();
            }
        });
    }

    private void one() {
        Replica replica = victim();
        long nanos = schedule.between(SHORT, LONG);
        switch (schedule.chance(8)) {
            case 0, 1 -> {
                replica.kill();
                schedule.after(nanos, replica::start);
            }
            case 2 -> replica.pause(nanos);
            case 3, 4 -> alone(replica, nanos);
            case 5 -> oneWay(replica, nanos);
            case 6 -> clientOnlyReaches(replica, nanos);
            default -> {
                schedule.note(replica, "its wall clock is set");
                replica.clock().jump(schedule.between(-3_600_000, 3_600_000));
            }
        }
    }

    /** The leader more often than others. */
    private Replica victim() {
        List<Replica> replicas = simulation.replicas();
        return replicas.stream()
                .filter(replica -> replica.leads() && schedule.chance(3) > 0)
                .findFirst()
                .orElse(replicas.get(schedule.chance(replicas.size())));
    }

    /** Cut off from the other replicas, but not from clients. */
    private void alone(Replica replica, long nanos) {
        schedule.note(replica, "cut off from the others");
        simulation
                .network()
                .cut((a, b) -> a instanceof Replica && b instanceof Replica && (a == replica || b == replica), nanos);
    }

    private void oneWay(Replica replica, long nanos) {
        boolean mute = schedule.oneIn(2);
        schedule.note(replica, mute ? "is not heard" : "does not hear");
        simulation.network().cut((a, b) -> b instanceof Replica && (mute ? a : b) == replica, nanos);
    }

    private void clientOnlyReaches(Replica replica, long nanos) {
        Client client =
                simulation.clients().get(schedule.chance(simulation.clients().size()));
        schedule.note(client, "only reaches " + replica);
        simulation
                .network()
                .cut(
                        (a, b) -> (a == client && b instanceof Replica && b != replica)
                                || (b == client && a instanceof Replica && a != replica),
                        nanos);
    }
}
