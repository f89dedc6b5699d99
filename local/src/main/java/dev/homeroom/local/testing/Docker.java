package dev.homeroom.local.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** Whether Testcontainers can be used. */
final class Docker {
    private Docker() {}

    /** The full probe takes up to 2.5 s where there is no Docker, so a cheap look comes first. */
    static boolean isAvailable() {
        return hasEndpoint() && DockerClientFactory.instance().isDockerAvailable();
    }

    private static boolean hasEndpoint() {
        return System.getenv("DOCKER_HOST") != null
                || System.getenv("TESTCONTAINERS_HOST_OVERRIDE") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
    }
}
