package dev.homeroom.local.stack;

import java.util.Locale;
import java.util.stream.Stream;

/** The parts of the local stack that are processes of their own, in the order in which they start. */
public enum Part {
    POSTGRES("PostgreSQL", ""),
    KAFKA("Kafka", ""),
    COORDINATOR("coordinator", "coordinator-service"),
    QUEUE("queue", "queue-service"),
    METRICS("metrics", "metrics-service"),
    DASHBOARD("dashboard", "dashboard-service");

    private final String label;
    private final String module;

    Part(String label, String module) {
        this.label = label;
        this.module = module;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** For files, paths and JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Maven module of a service; empty for Kafka and PostgreSQL. */
    public String module() {
        return module;
    }

    /** Whether it is one of our services. */
    public boolean isService() {
        return !module.isEmpty();
    }

    /** Our services. */
    public static Stream<Part> services() {
        return Stream.of(values()).filter(Part::isService);
    }
}
