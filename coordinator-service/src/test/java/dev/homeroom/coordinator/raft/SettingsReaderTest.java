package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.Member;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The names of the environment, as the packaged properties map them. */
class SettingsReaderTest {
    private static final String PEERS = "n1=a:1=a:2,n2=b:1=b:2,n3=c:1=c:2";
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void withoutSettingsAReplicaIsAlone_R_O3() {
        RaftSettings alone = read(Map.of());
        assertThat(alone.clustered()).isFalse();
        assertThat(alone.members()).containsExactly(new Member("n1", "127.0.0.1:8300", "h:8081"));
        assertThat(alone.timing().electionTimeoutMin()).isEqualTo(Duration.ofMillis(400));
        assertThat(alone.timing().electionTimeoutMax()).isEqualTo(Duration.ofMillis(800));
        assertThat(alone.snapshots().interval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(alone.snapshots().retained()).isEqualTo(2);
        assertThat(read(Map.of("CLUSTER_ENABLED", "false", "CLUSTER_PEERS", PEERS))
                        .members())
                .hasSize(1);
    }

    @Test
    void peersMakeACluster_R_O3() {
        RaftSettings first = read(Map.of("CLUSTER_PEERS", PEERS, "CLUSTER_BIND_ADDRESS", "0.0.0.0:8300"));
        assertThat(first.clustered()).isTrue();
        assertThat(first.members()).hasSize(3);
        assertThat(first.self()).isEqualTo(new Member("n1", "a:1", "a:2"));
        assertThat(first.bindAddress()).isEqualTo("0.0.0.0:8300");
        RaftSettings waiting = read(Map.of(
                "CLUSTER_BOOTSTRAP", "false",
                "CLUSTER_NODE_ID", "n4",
                "CLUSTER_BIND_ADDRESS", "0.0.0.0:8300",
                "CLUSTER_ADVERTISE_ADDRESS", "d:1"));
        assertThat(waiting.members()).isEmpty();
        assertThat(waiting.self()).isEqualTo(new Member("n4", "d:1", "h:8081"));
    }

    @Test
    void theHeartbeatIntervalIsHalfOfTheShortestElectionTimeout_R_O3() {
        RaftSettings.Timing timing =
                read(Map.of("RAFT_HEARTBEAT_INTERVAL", "150ms")).timing();
        assertThat(timing.electionTimeoutMin()).isEqualTo(Duration.ofMillis(300));
        assertThat(timing.electionTimeoutMax()).isEqualTo(Duration.ofMillis(600));
        refused(
                Map.of("RAFT_HEARTBEAT_INTERVAL", "150ms", "RAFT_ELECTION_TIMEOUT_MIN", "400ms"),
                "RAFT_HEARTBEAT_INTERVAL is always half of RAFT_ELECTION_TIMEOUT_MIN");
    }

    @Test
    void whatContradictsItselfIsRefusedInOneSentence_R_O3() {
        refused(Map.of("CLUSTER_ENABLED", "false", "CLUSTER_BOOTSTRAP", "false"), "change one of them");
        refused(Map.of("CLUSTER_PEERS", PEERS, "CLUSTER_NODE_ID", "n9"), "lacks this node, 'n9'");
        refused(Map.of("CLUSTER_PEERS", PEERS, "CLUSTER_ADVERTISE_ADDRESS", "x:1"), "make them the same");
        refused(Map.of("CLUSTER_PEERS", "n1=a:1"), "id=raftHost:port=serviceHost:port");
        refused(Map.of("CLUSTER_DISCOVERY", "dns"), "static only");
        refused(Map.of("CLUSTER_BIND_ADDRESS", "8300"), "CLUSTER_BIND_ADDRESS must be host:port");
        refused(
                Map.of("CLUSTER_BOOTSTRAP", "false", "CLUSTER_BIND_ADDRESS", "0.0.0.0:8300"),
                "CLUSTER_ADVERTISE_ADDRESS");
        refused(
                Map.of("RAFT_ELECTION_TIMEOUT_MIN", "400ms", "RAFT_ELECTION_TIMEOUT_MAX", "300ms"),
                "RAFT_ELECTION_TIMEOUT_MIN and _MAX");
        refused(Map.of("RAFT_SNAPSHOT_INTERVAL", "0s"), "RAFT_SNAPSHOT_");
        refused(Map.of("CLUSTER_RESTORED_AT", "2100-01-01T00:00:00Z"), "lies in the future");
    }

    private static void refused(Map<String, String> environment, String sentence) {
        assertThatThrownBy(() -> read(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private static RaftSettings read(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(environment);
        Properties packaged = new Properties();
        try (InputStream in = SettingsReaderTest.class.getResourceAsStream("/application.properties")) {
            packaged.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        packaged.stringPropertyNames().stream()
                .filter(name -> name.startsWith("homeroom.coordinator."))
                .forEach(name -> values.put(name, packaged.getProperty(name)));
        CoordinatorConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(CoordinatorConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(CoordinatorConfig.class);
        return SettingsReader.read(config, "h:8081", NOW);
    }
}
