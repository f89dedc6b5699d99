package dev.homeroom.local.testing;

import java.util.Map;

/**
 * A database of its own for one test or one test class.
 *
 * @param server the JDBC address of another database of the same server
 * @param name its name
 * @param user who owns it
 * @param password of the user
 */
public record TestDatabase(String server, String name, String user, String password) implements AutoCloseable {

    /** {@code jdbc:postgresql://host:port/name}. */
    public String jdbcUrl() {
        return server.replaceFirst("^(jdbc:postgresql://[^/]+/)[^?]*(\\?.*)?$", "$1" + name);
    }

    /** {@code postgresql://host:port/name}, as the reactive client wants it. */
    public String reactiveUrl() {
        return jdbcUrl().substring("jdbc:".length());
    }

    /** The Quarkus settings of the default datasource. */
    public Map<String, String> quarkusSettings() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                jdbcUrl(),
                "quarkus.datasource.reactive.url",
                reactiveUrl(),
                "quarkus.datasource.username",
                user,
                "quarkus.datasource.password",
                password);
    }

    /** Drops it; whoever is still connected is cut off. */
    @Override
    public void close() {
        TestPostgres.run(server, user, password, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
