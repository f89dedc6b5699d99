package dev.homeroom.bench.server;

import dev.homeroom.local.kafka.EmbeddedKafka;
import dev.homeroom.local.process.Ports;
import dev.homeroom.platform.event.TopicCreator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The broker of the local stack with the settings it ships, and our topics. Not thread-safe. */
public final class KafkaServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final EmbeddedKafka broker;

    private KafkaServer(EmbeddedKafka broker) {
        this.broker = broker;
    }

    /** Starts it on free ports and makes the topics. */
    public static KafkaServer start(Path data) {
        List<Integer> ports = Ports.free(2);
        try {
            KafkaServer server = new KafkaServer(EmbeddedKafka.start(
                    data.resolve("data"), ports.getFirst(), ports.getLast(), data.resolve("kafka.log")));
            new TopicCreator(server.address(), 1).createAll(LIMIT);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return broker.bootstrapServers();
    }

    /** Its process. */
    public long pid() {
        return broker.process().pid();
    }

    @Override
    public void close() {
        broker.kill();
    }
}
