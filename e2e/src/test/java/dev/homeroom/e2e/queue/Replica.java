package dev.homeroom.e2e.queue;

import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.cluster.Link;
import dev.homeroom.e2e.cluster.Server;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One replica of queue-service with its own ways to the coordinator and to PostgreSQL.
 *
 * @param server its process
 * @param door its interface, for agents
 * @param operations the same, for operators
 * @param coordinator its way to a replica of the coordinator
 * @param postgres its way to PostgreSQL
 */
record Replica(Server server, Door door, Door operations, Link coordinator, Link postgres) implements AutoCloseable {
    boolean isReady() {
        return server.isAlive() && door.get("/q/health/ready").ok();
    }

    /** How much its sweep has repaired since it was started. */
    double repairs() {
        return figure("homeroom_queue_repairs_total");
    }

    /** How many claims wait there for a task. */
    double waitingClaims() {
        return figure("homeroom_queue_claims_waiting");
    }

    /** The sum of what it tells of this name, whatever the tags. */
    private double figure(String name) {
        String text = operations.get("/q/metrics").body().asText();
        Matcher matcher =
                Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(server.name() + " does not tell " + name + ":\n" + text);
        }
        double sum = 0;
        do {
            sum += Double.parseDouble(matcher.group(1));
        } while (matcher.find());
        return sum;
    }

    @Override
    public void close() {
        server.close();
        coordinator.close();
        postgres.close();
    }
}
