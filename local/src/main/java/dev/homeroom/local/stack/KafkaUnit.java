package dev.homeroom.local.stack;

import dev.homeroom.local.kafka.EmbeddedKafka;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The broker as a part. */
final class KafkaUnit implements Unit {
    private final Path data;
    private final Path log;
    private final StackPorts ports;
    private final AotCache cache;
    private volatile @Nullable EmbeddedKafka broker;

    KafkaUnit(Path data, Path log, StackPorts ports, AotCache cache) {
        this.data = data;
        this.log = log;
        this.ports = ports;
        this.cache = cache;
    }

    @Override
    public Process launch() throws IOException {
        EmbeddedKafka fresh = EmbeddedKafka.launch(data, ports.kafka(), ports.kafkaController(), log, cache.options());
        broker = fresh;
        return fresh.process();
    }

    @Override
    public boolean isReady() {
        EmbeddedKafka current = broker;
        return current != null && Ports.answers(ports.kafka()) && current.isReady();
    }

    @Override
    public List<String> lastWords() {
        EmbeddedKafka current = broker;
        return current == null ? List.of() : current.log().tail();
    }

    @Override
    public void stop() {
        EmbeddedKafka current = broker;
        if (current != null && current.process().isAlive()) {
            current.close(cache.stopLimit());
            cache.publish();
        }
    }
}
