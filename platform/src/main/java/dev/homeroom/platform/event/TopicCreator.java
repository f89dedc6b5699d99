package dev.homeroom.platform.event;

import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of {@link Topics} and their dead letters; what is there already stays as it is. */
public final class TopicCreator {
    /** Nothing about a student outlives this in Kafka: the promise of erasure counts on it. */
    static final Duration RETENTION = Duration.ofDays(7);

    private final String bootstrapServers;
    private final short replication;

    /**
     * @param bootstrapServers the brokers
     * @param replication copies of each partition; 1 on a single broker
     */
    public TopicCreator(String bootstrapServers, int replication) {
        this.bootstrapServers = bootstrapServers;
        this.replication = (short) replication;
    }

    /** Every topic of ours, dead letters included. */
    public static List<String> topics() {
        return Arrays.stream(EventType.values())
                .map(EventType::topic)
                .distinct()
                .flatMap(topic -> Stream.of(topic, Topics.deadLetters(topic)))
                .toList();
    }

    /**
     * Returns once all topics are there.
     *
     * @throws IllegalStateException when that cannot be known within the limit
     */
    public void createAll(Duration limit) {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) limit.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) limit.toMillis());
        Admin admin = Admin.create(settings);
        try {
            for (KafkaFuture<Void> created :
                    admin.createTopics(wanted()).values().values()) {
                await(created, limit);
            }
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private List<NewTopic> wanted() {
        return topics().stream()
                .map(topic -> new NewTopic(topic, Topics.PARTITIONS, replication)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()))))
                .toList();
    }

    private static void await(KafkaFuture<Void> created, Duration limit) {
        try {
            created.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("The topics cannot be made", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while making the topics", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The brokers did not answer within " + limit, e);
        }
    }
}
