package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Settings;
import java.util.ArrayList;
import java.util.List;

/** One run: three replicas, four clients of three sessions, faults for a while, then fine weather in which all must end. */
final class Simulation {
    /** Small capacities, so that they are reached. */
    static final Settings SETTINGS = new Settings(3_000, 1_000, 2_000, 6_000, 3_000, 2, 10, 40, 6, 60, 5_000, 3);

    /** Tasks that may be claimed. */
    static final List<String> TASKS = List.of("t0", "t1", "t2", "t3", "t4");

    private static final long FAULTS = 14 * Schedule.SECOND;
    private static final long CALM = 4 * Schedule.SECOND;
    private static final long CLOSING = 25 * Schedule.SECOND;

    private final Schedule schedule;
    private final Network network;
    private final Witness witness;
    private final Broker broker;
    private final FencedStore store;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Faults faults;
    private Weather weather;
    private boolean closing;

    private Simulation(long seed, Core.Maker maker) {
        schedule = new Schedule(seed);
        weather = Weather.of(schedule);
        network = new Network(schedule, weather);
        witness = new Witness(schedule, Invariants.all());
        broker = new Broker(schedule, witness);
        store = new FencedStore(schedule, witness);
        for (int number = 0; number < 3; number++) {
            replicas.add(new Replica(number, replicas, schedule, network, maker, broker, witness));
        }
        faults = new Faults(this);
    }

    /**
     * Runs a seed.
     *
     * @return what it reached
     * @throws Found when an invariant breaks
     */
    static Reached run(long seed, Core.Maker maker) {
        Simulation simulation = new Simulation(seed, maker);
        try {
            return simulation.run();
        } catch (Broken e) {
            throw new Found(e.invariant(), seed, simulation.schedule.trace().lines(), e);
        } catch (RuntimeException e) {
            throw new Found(
                    "TheMachineGoesOn", seed, simulation.schedule.trace().lines(), e);
        }
    }

    private Reached run() {
        replicas.forEach(Replica::started);
        List<String> sessions = List.of("anna", "bert", "carl", "carl");
        for (int number = 0; number < sessions.size(); number++) {
            clients.add(new Client(number, sessions.get(number), this));
        }
        faults.begin();
        schedule.runUntil(FAULTS);
        heal();
        schedule.runUntil(FAULTS + CALM);
        closing = true;
        while (!settled() && schedule.now() < FAULTS + CALM + CLOSING) {
            schedule.runUntil(schedule.now() + 10 * Schedule.MILLI);
        }
        witness.over(this);
        return witness.reached();
    }

    /** Nothing is open, and all replicas have applied and published all there is. */
    private boolean settled() {
        return clients.stream().allMatch(client -> client.openOps() == 0)
                && replicas.stream()
                        .allMatch(replica -> replica.state().index() == witness.lastIndex()
                                && replica.state().backlogSize() == 0);
    }

    private void heal() {
        schedule.note("weather", "fine from now on");
        faults.end();
        weather = Weather.FINE;
        network.heal();
        broker.down(false);
        replicas.forEach(Replica::start);
        replicas.forEach(Replica::resume);
        clients.forEach(Client::start);
        clients.forEach(Client::resume);
    }

    Schedule schedule() {
        return schedule;
    }

    Network network() {
        return network;
    }

    Witness witness() {
        return witness;
    }

    Broker broker() {
        return broker;
    }

    FencedStore store() {
        return store;
    }

    List<Replica> replicas() {
        return replicas;
    }

    List<Client> clients() {
        return clients;
    }

    Weather weather() {
        return weather;
    }

    /** Whether clients begin nothing new. */
    boolean closing() {
        return closing;
    }

    /** The limit keys of a task. */
    static List<String> limitsOf(String task) {
        return switch (task) {
            case "t0", "t4" -> List.of("k1");
            case "t1" -> List.of("k1", "two");
            case "t2" -> List.of("two");
            default -> List.of();
        };
    }
}
