package dev.homeroom.local.testing;

import dev.homeroom.local.kafka.EmbeddedKafka;
import dev.homeroom.local.process.Directories;
import dev.homeroom.local.process.Ports;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The one Kafka broker of this JVM's tests: a container where Docker is, else embedded. */
public final class TestKafka {
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.1.1");

    private TestKafka() {}

    /**
     * Its bootstrap servers; the first call starts it. {@code homeroom.test.kafka} (or {@code HOMEROOM_TEST_KAFKA})
     * names an existing broker instead. Topics are shared by all tests of the JVM, so use keys or topics of your own.
     */
    public static String bootstrapServers() {
        String override = Shared.override("homeroom.test.kafka");
        return override != null ? override : Shared.value("homeroom.test.running.kafka", TestKafka::start);
    }

    private static String start() throws Exception {
        if (Docker.isAvailable()) {
            KafkaContainer container = new KafkaContainer(IMAGE);
            container.start();
            return container.getBootstrapServers();
        }
        Path directory = Directories.scratch("kafka");
        List<Integer> ports = Ports.free(2);
        EmbeddedKafka kafka = EmbeddedKafka.start(
                directory.resolve("data"), ports.getFirst(), ports.getLast(), directory.resolve("kafka.log"));
        Shared.atExit(() -> {
            kafka.kill();
            Directories.delete(directory);
        });
        return kafka.bootstrapServers();
    }
}
