package dev.homeroom.metrics.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/** Whether a consumer is connected to any broker, by the client's own count of connections. Used by the consumer's thread. */
final class Connections {
    private static final String GROUP = "consumer-metrics";
    private static final String COUNT = "connection-count";

    private final @Nullable Metric count;

    Connections(Consumer<?, ?> consumer) {
        this.count = consumer.metrics().entrySet().stream()
                .filter(each -> each.getKey().group().equals(GROUP)
                        && each.getKey().name().equals(COUNT))
                .<Metric>map(each -> each.getValue())
                .findFirst()
                .orElse(null);
    }

    /** False only where the client counts none. */
    boolean areThere() {
        return count == null || !(count.metricValue() instanceof Number number) || number.doubleValue() > 0;
    }
}
