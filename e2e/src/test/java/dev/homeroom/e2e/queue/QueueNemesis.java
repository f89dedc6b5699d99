package dev.homeroom.e2e.queue;

import dev.homeroom.e2e.cluster.Link;
import dev.homeroom.e2e.cluster.Node;
import dev.homeroom.e2e.cluster.Plan.Step;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Does to the system what a plan says, one fault after the other. During each fault that leaves something to work with,
 * and after each, the agents must come on.
 */
final class QueueNemesis {
    /** Enough to know that agents are served, and for faults to fall among requests. */
    private static final int REQUESTS = 40;
    /** Longer than a short claim (2 s) and than what a holder may be late. */
    private static final Duration LONG = Duration.ofSeconds(4);
    /** Longer than any lease and claim, and than the relay's connection may be idle. */
    private static final Duration LONGEST = Duration.ofSeconds(35);
    /** A run of this length has time for what takes long. */
    private static final Duration LONG_RUN = Duration.ofMinutes(5);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final QueueSystem system;
    private final TaskLoad load;
    private final boolean longRun;

    QueueNemesis(QueueSystem system, TaskLoad load, Duration time) {
        this.system = system;
        this.load = load;
        this.longRun = time.compareTo(LONG_RUN) >= 0;
    }

    /** Does it, undoes it, and returns when all is ready; what was special about it, for people. */
    String run(Step<QueueFault> step) {
        Replica replica = system.replicas().get(step.of(2));
        String what = switch (step.fault()) {
            case KILLED_QUEUE -> killed(replica);
            case KILLED_QUEUES -> killedBoth();
            case PAUSED_QUEUE -> paused(replica);
            case ROLLING_RESTART -> rollingRestart();
            case KILLED_LEADER -> killed(system.leader());
            case KILLED_COORDINATOR ->
                killed(system.coordinators().get(step.also(system.coordinators().size())));
            case CUT_FROM_COORDINATOR -> cut(replica, "the coordinator", replica.coordinator(), step);
            case CUT_FROM_POSTGRES -> cut(replica, "PostgreSQL", replica.postgres(), step);
            case KAFKA_DOWN -> kafkaDown();
            case KILLED_POSTGRES -> killedPostgres();
            case STUCK_TRANSACTION -> stuckTransaction(step.of(2) == 0);
        };
        system.awaitAllReady();
        comeOn("after " + step.fault());
        return what;
    }

    private String killed(Replica replica) {
        replica.server().kill();
        comeOn("while " + replica.server().name() + " is dead");
        replica.server().start();
        return replica.server().name();
    }

    private String killed(Node node) {
        node.kill();
        comeOn("while " + node.name() + " is dead");
        node.start();
        return node.name();
    }

    private String killedBoth() {
        system.replicas().forEach(replica -> replica.server().kill());
        system.replicas().forEach(replica -> replica.server().start());
        return "both at once";
    }

    private String paused(Replica replica) {
        replica.server().pause();
        try {
            comeOn("while " + replica.server().name() + " stands still", longRun ? LONGEST : LONG);
        } finally {
            replica.server().resume();
        }
        return replica.server().name();
    }

    private String rollingRestart() {
        for (Replica replica : system.replicas()) {
            replica.server().stop();
            replica.server().start();
            system.await(replica.server().name() + " to be ready", replica::isReady);
            comeOn("after " + replica.server().name() + " was restarted");
        }
        return "one after the other";
    }

    private String cut(Replica replica, String from, Link link, Step<QueueFault> step) {
        Link.Mode mode = switch (step.also(3)) {
            case 0 -> Link.Mode.BROKEN;
            case 1 -> Link.Mode.SILENT;
            default -> Link.Mode.DEAF;
        };
        boolean late = step.of(5) > 1;
        link.set(mode);
        try {
            comeOn("while " + replica.server().name() + " is cut off from " + from, LONG);
        } finally {
            if (!late) {
                link.breakConnections();
            }
            link.set(Link.Mode.OPEN);
        }
        return replica.server().name() + ", " + mode + (late ? ", kept back until the end" : "");
    }

    private String kafkaDown() {
        system.broker().kill();
        Duration down = longRun ? MINUTE : LONG.multipliedBy(2);
        comeOn("while Kafka is down", down);
        system.broker().start();
        return "for " + down;
    }

    private String killedPostgres() {
        system.postgres().kill();
        system.postgres().start();
        return "and started again";
    }

    private String stuckTransaction(boolean locks) {
        try (StuckTransaction _ = new StuckTransaction(system.postgres().jdbcUrl(), locks)) {
            comeOn("while a transaction stays open", longRun ? LONGEST : LONG);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return locks ? "with locks on tasks" : "without locks";
    }

    private void comeOn(String when) {
        load.awaitProgress(when, REQUESTS);
    }

    private void comeOn(String when, Duration during) {
        load.awaitProgress(when, REQUESTS, during);
    }
}
