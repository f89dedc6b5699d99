package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.Fatal;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.core.Settings;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts this replica before the interfaces open, and stops it after they have closed. */
@ApplicationScoped
public class RaftLifecycle {
    private static final Logger LOG = Logger.getLogger(RaftLifecycle.class);

    private final RaftNode node;

    /** Builds the node; it is started by the event. */
    @Inject
    public RaftLifecycle(
            CoordinatorConfig config,
            CommandMeter meter,
            Fatal fatal,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port)
            throws IOException {
        RaftSettings raft;
        try {
            raft = SettingsReader.read(config, host + ":" + port, System.currentTimeMillis());
        } catch (IllegalArgumentException e) {
            // Of this kind Quarkus shows the sentence alone, and ends with exit code 1.
            throw new ConfigurationException("This replica does not start: " + e.getMessage(), e);
        }
        Files.createDirectories(raft.dataDir());
        this.node = new RaftNode(raft, settings(config), meter, fatal);
    }

    /** This replica, for the rest of the service. */
    @Produces
    @Singleton
    public Replica replica() {
        return node;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        try {
            node.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The replica does not start: " + e.getMessage(), e);
        }
    }

    /**
     * First of all, while the interfaces still answer: no client then waits for an election. The event of the shutdown
     * itself would be too late, the HTTP server is closed by then.
     */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        node.handOver();
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        try {
            node.close();
        } catch (IOException e) {
            LOG.warn("The replica did not stop cleanly", e);
        }
    }

    private static Settings settings(CoordinatorConfig config) {
        Settings defaults = Settings.DEFAULT;
        return new Settings(
                config.sessions().leaseTimeout().toMillis(),
                defaults.idleMillis(),
                config.sessions().staleThreshold().toMillis(),
                config.sessions().launchGrace().toMillis(),
                config.grants().ttl().toMillis(),
                defaults.permits(),
                config.sessions().most(),
                config.grants().most(),
                config.grants().mostPerSession(),
                config.grants().backlog(),
                defaults.endedKeptMillis(),
                defaults.endedKept());
    }
}
