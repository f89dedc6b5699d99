package dev.homeroom.local.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.local.process.Ports;
import java.nio.file.Path;
import java.util.Properties;

/** The settings of the single broker, small enough for a laptop. */
final class BrokerProperties {
    static final String CONTROLLER = "CONTROLLER";

    private BrokerProperties() {}

    static Properties of(int node, Path data, int port, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(node));
        p.put("controller.quorum.voters", node + "@" + Ports.LOOPBACK + ":" + controllerPort);
        p.put("controller.listener.names", CONTROLLER);
        p.put(
                "listeners",
                "PLAINTEXT://%s:%d,%s://%s:%d"
                        .formatted(Ports.LOOPBACK, port, CONTROLLER, Ports.LOOPBACK, controllerPort));
        p.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(Ports.LOOPBACK, port));
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        p.put("log.dirs", data.toString());
        single(p);
        quickRestart(p);
        bounds(p);
        return p;
    }

    /** One broker has one replica of everything. */
    private static void single(Properties p) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "4");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("default.replication.factor", "1");
        p.put("num.partitions", Integer.toString(Topics.PARTITIONS));
    }

    /** With the default session of 9 s a restart after kill -9 took 12 to 24 s; with 3 s it took 5 to 9 s (measured). */
    private static void quickRestart(Properties p) {
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("controlled.shutdown.enable", "false");
    }

    /** Heap (the cleaner's buffer defaults to 128 MiB), threads and disk; design §5: topics expire within 7 days. */
    private static void bounds(Properties p) {
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        p.put("log.cleaner.io.buffer.size", Integer.toString(256 << 10));
        p.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        p.put("log.segment.bytes", Integer.toString(64 << 20));
        p.put("log.retention.hours", "168");
        p.put("log.retention.bytes", Long.toString(512L << 20));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "4");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("queued.max.requests", "100");
        p.put("queued.max.request.bytes", Integer.toString(32 << 20));
        p.put("socket.request.max.bytes", Integer.toString(16 << 20));
    }
}
