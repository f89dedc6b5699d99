package dev.homeroom.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The broker's own JVM: {@code BrokerMain <data directory> <port> <controller port>}. It formats an empty directory,
 * runs until SIGTERM, and ends when its standard input ends, that is, when its parent is gone.
 */
public final class BrokerMain {
    private static final int NODE = 1;

    private BrokerMain() {}

    /** Runs the broker; returns when it has shut down. */
    public static void main(String[] arguments) throws Exception {
        Thread.currentThread().setUncaughtExceptionHandler(BrokerMain::die);
        Path data = Path.of(arguments[0]);
        Properties properties =
                BrokerProperties.of(NODE, data, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(data);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
        Thread.ofPlatform().daemon().name("parent").start(BrokerMain::exitWithParent);
        server.startup();
        server.awaitShutdown();
    }

    /** Threads of a half-started broker would keep the JVM alive. */
    private static void die(Thread thread, Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static void format(Path data) throws Exception {
        Files.createDirectories(data);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName(BrokerProperties.CONTROLLER)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setPrintStream(System.out)
                .run();
    }

    private static void exitWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.out.println("standard input failed: " + e.getMessage());
        }
        System.exit(0);
    }
}
