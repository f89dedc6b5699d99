package dev.homeroom.local.stack;

import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.token.TokenIssuer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment variables of a service: the same names that a deployment sets. */
final class Environment {
    private Environment() {}

    static Map<String, String> of(Part part, StackSettings settings, DataFolder data, TokenIssuer tokens) {
        StackPorts ports = settings.ports();
        Map<String, String> env = new HashMap<>();
        env.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        env.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(part)));
        env.put("KAFKA_BOOTSTRAP_SERVERS", Ports.LOOPBACK + ":" + ports.kafka());
        env.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                tokens.publicKeyFile().toUri().toString());
        env.put("MP_JWT_VERIFY_ISSUER", TokenIssuer.ISSUER);
        env.put("HOMEROOM_SERVICE_TOKEN_FILE", data.serviceToken().toString());
        env.put("HOMEROOM_GATEWAY_URL", url(ports.gateway()));
        Part.services().forEach(p -> env.put("HOMEROOM_" + p.name() + "_URL", url(ports.of(p))));
        database(env, ports);
        if (part == Part.COORDINATOR) {
            coordinator(env, ports, data.of(part));
        }
        // Without a collector every span would be a warning; whoever has one sets its address.
        if (System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == null) {
            env.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        }
        env.putAll(settings.environment().getOrDefault(part, Map.of()));
        return env;
    }

    private static void database(Map<String, String> env, StackPorts ports) {
        String address =
                "postgresql://" + Ports.LOOPBACK + ":" + ports.postgres() + "/" + EmbeddedPostgresServer.DATABASE;
        env.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + address);
        env.put("QUARKUS_DATASOURCE_REACTIVE_URL", address);
        env.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgresServer.USER);
        env.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgresServer.USER);
    }

    private static void coordinator(Map<String, String> env, StackPorts ports, Path directory) {
        env.put("CLUSTER_NODE_ID", "n1");
        env.put("CLUSTER_DATA_DIR", directory.toString());
        env.put("CLUSTER_BIND_ADDRESS", Ports.LOOPBACK + ":" + ports.raft());
    }

    private static String url(int port) {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }
}
