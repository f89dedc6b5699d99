package dev.homeroom.coordinator;

import dev.homeroom.local.process.Directories;
import dev.homeroom.local.process.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** Gives a Quarkus test a single replica with a data directory and a Raft port of its own. */
public final class ReplicaResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Path directory = Directories.scratch("coordinator");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.delete(directory)));
        return Map.of(
                "homeroom.coordinator.cluster.data-dir",
                directory.toString(),
                "homeroom.coordinator.cluster.bind-address",
                "127.0.0.1:" + Ports.free(1).getFirst());
    }

    @Override
    public void stop() {
        // The directory goes with the JVM: the replica may still be writing.
    }
}
