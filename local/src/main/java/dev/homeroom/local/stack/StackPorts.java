package dev.homeroom.local.stack;

import dev.homeroom.local.process.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The TCP ports of a stack, all on 127.0.0.1.
 *
 * @param gateway the one origin for browsers and clients
 * @param kafkaController Kafka's own
 * @param raft the coordinator's own
 */
public record StackPorts(
        int gateway,
        int coordinator,
        int queue,
        int metrics,
        int dashboard,
        int kafka,
        int kafkaController,
        int postgres,
        int raft) {
    /** How many there are: {@link #from} takes this many. */
    public static final int COUNT = 9;

    private static final int HIGHEST = 65_535;

    /** Checks that each is a port. */
    public StackPorts {
        for (int port :
                new int[] {gateway, coordinator, queue, metrics, dashboard, kafka, kafkaController, postgres, raft}) {
            if (port < 1 || port > HIGHEST) {
                throw new IllegalArgumentException(port + " is not a port (1 to " + HIGHEST + ")");
            }
        }
    }

    /** Those of design §8. */
    public static StackPorts defaults() {
        return new StackPorts(8080, 8081, 8082, 8083, 8084, 19_092, 19_093, 15_432, 8300);
    }

    /** Nine consecutive ones, the gateway first. */
    public static StackPorts from(int base) {
        return of(java.util.stream.IntStream.range(base, base + COUNT).boxed().toList());
    }

    /** Nine that are free at this moment. */
    public static StackPorts free() {
        return of(Ports.free(COUNT));
    }

    private static StackPorts of(List<Integer> p) {
        return new StackPorts(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), p.get(5), p.get(6), p.get(7), p.get(8));
    }

    /** The port on which a part answers. */
    public int of(Part part) {
        return switch (part) {
            case POSTGRES -> postgres;
            case KAFKA -> kafka;
            case COORDINATOR -> coordinator;
            case QUEUE -> queue;
            case METRICS -> metrics;
            case DASHBOARD -> dashboard;
        };
    }

    /** Every port with what it is for, in the order of the record. */
    public Map<String, Integer> byUse() {
        Map<String, Integer> uses = new LinkedHashMap<>();
        uses.put("the gateway", gateway);
        uses.put("the coordinator", coordinator);
        uses.put("the queue", queue);
        uses.put("metrics", metrics);
        uses.put("the dashboard", dashboard);
        uses.put("Kafka", kafka);
        uses.put("Kafka's controller", kafkaController);
        uses.put("PostgreSQL", postgres);
        uses.put("Raft", raft);
        return uses;
    }
}
