package dev.homeroom.e2e.queue;

import dev.homeroom.local.kafka.EmbeddedKafka;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The one Kafka broker. For one thread. */
final class Broker implements AutoCloseable {
    private final Path directory;
    private final List<Integer> ports = Ports.free(2);
    private EmbeddedKafka kafka;

    Broker(Path directory) throws IOException {
        this.directory = directory;
        this.kafka = launch();
    }

    String address() {
        return kafka.bootstrapServers();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        kafka.kill();
    }

    /** Starts it again; returns when it answers. */
    void start() {
        try {
            kafka = launch();
            kafka.awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedKafka launch() throws IOException {
        return EmbeddedKafka.launch(
                directory.resolve("kafka"),
                ports.getFirst(),
                ports.getLast(),
                directory.resolve("kafka.log"),
                List.of());
    }

    @Override
    public void close() {
        kafka.kill();
    }
}
