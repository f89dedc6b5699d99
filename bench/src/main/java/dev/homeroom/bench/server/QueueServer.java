package dev.homeroom.bench.server;

import dev.homeroom.local.process.Ports;
import dev.homeroom.local.stack.Part;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** queue-service from the packaged jar, in a JVM as {@code homeroom up} starts it. Not thread-safe. */
public final class QueueServer implements AutoCloseable {
    private final PackagedService service;

    private QueueServer(PackagedService service) {
        this.service = service;
    }

    /**
     * Starts it and waits until it is ready. No broker runs: the links to Kafka try again now and then.
     *
     * @param home the checkout with the built queue-service
     * @param jvm more options of its JVM, such as a profiler's
     */
    public static QueueServer start(
            Path home, Path data, PostgresServer postgres, HomeroomCluster coordinator, List<String> jvm) {
        Map<String, String> settings = new HashMap<>(coordinator.trust());
        settings.put("HOMEROOM_COORDINATOR_URL", coordinator.url(0));
        settings.put("KAFKA_BOOTSTRAP_SERVERS", Ports.LOOPBACK + ":1");
        return new QueueServer(PackagedService.start(Part.QUEUE, home, data, postgres, jvm, settings));
    }

    /** Where it serves HTTP. */
    public int port() {
        return service.port();
    }

    /** Its process. */
    public long pid() {
        return service.pid();
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
