package dev.homeroom.bench.server;

import dev.homeroom.local.stack.Part;
import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** metrics-service from the packaged jar, in a JVM as {@code homeroom up} starts it. Not thread-safe. */
public final class MetricsServer implements AutoCloseable {
    /** How long the tokens of the load are valid: longer than any run. */
    private static final Duration TOKEN = Duration.ofHours(8);

    private final PackagedService service;
    private final TokenIssuer tokens;

    private MetricsServer(PackagedService service, TokenIssuer tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param home the checkout with the built metrics-service
     * @param jvm more options of its JVM, such as a profiler's
     * @param settings beside the addresses, by the names of the environment
     */
    public static MetricsServer start(
            Path home,
            Path data,
            PostgresServer postgres,
            KafkaServer kafka,
            List<String> jvm,
            Map<String, String> settings) {
        try {
            TokenIssuer tokens = TokenIssuer.openOrCreate(data.resolve("keys"));
            Path token = data.resolve("service.token");
            tokens.issueTo(token, TokenRequest.of("bench", "service").livingFor(TOKEN));
            Map<String, String> all = new HashMap<>();
            all.put("KAFKA_BOOTSTRAP_SERVERS", kafka.address());
            all.put(
                    "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                    tokens.publicKeyFile().toUri().toString());
            all.put("MP_JWT_VERIFY_ISSUER", TokenIssuer.ISSUER);
            all.put("HOMEROOM_SERVICE_TOKEN_FILE", token.toString());
            all.putAll(settings);
            return new MetricsServer(PackagedService.start(Part.METRICS, home, data, postgres, jvm, all), tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it serves HTTP. */
    public int port() {
        return service.port();
    }

    /** Its process. */
    public long pid() {
        return service.pid();
    }

    /** A header for an app of every classroom. */
    public String asApp() {
        return "Bearer " + tokens.issue(new TokenRequest("bench", Set.of("app"), Set.of("*"), "bench", null, TOKEN));
    }

    /** A header for one of our own services. */
    public String asService() {
        return "Bearer " + tokens.issue(new TokenRequest("bench", Set.of("service"), Set.of("*"), null, null, TOKEN));
    }

    /** Its resident memory in MiB; 0 where the system does not tell (only Linux does). */
    public double residentMib() {
        return service.residentMib();
    }

    /** SIGTERM: a profiler writes its file at the end. */
    @Override
    public void close() {
        service.close();
    }
}
