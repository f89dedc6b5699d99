package dev.homeroom.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One replica: its process, its clock and its disk. For one thread, but for {@link #door()}. */
final class Node implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final int number;
    private final Path jar;
    private final Path hosts;
    private final Path logFile;
    private final Map<String, String> environment;
    private final Optional<Clock> clock;
    private final Optional<Disk> disk;
    private final Door door;
    private @Nullable Process process;
    private @Nullable ProcessLog log;

    Node(
            int number,
            Path jar,
            Path hosts,
            Path logFile,
            Map<String, String> environment,
            Optional<Clock> clock,
            Optional<Disk> disk,
            Door door) {
        this.number = number;
        this.jar = jar;
        this.hosts = hosts;
        this.logFile = logFile;
        this.environment = new HashMap<>(environment);
        this.clock = clock;
        this.disk = disk;
        this.door = door;
        clock.ifPresent(its -> this.environment.putAll(its.environment()));
    }

    int number() {
        return number;
    }

    String name() {
        return Network.name(number);
    }

    Door door() {
        return door;
    }

    Optional<Clock> clock() {
        return clock;
    }

    Optional<Disk> disk() {
        return disk;
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                Children.java(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.net.hosts.file=" + hosts,
                "-jar",
                jar.toString()));
        try {
            List<String> prefix = disk.map(Disk::prefix).orElse(List.of());
            Process fresh = Children.start(prefix, command, environment, "KILL");
            process = fresh;
            log = ProcessLog.follow(fresh.getInputStream(), logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        signal("KILL");
        awaitEnd();
    }

    /** SIGTERM; returns when the process has stopped in order. */
    void stop() {
        signal("TERM");
        awaitEnd();
    }

    /** SIGSTOP: the process stands still and its connections stay. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** Returns when the process has ended by itself; false when it goes on. */
    boolean ends(Duration limit) {
        return Await.until(limit, () -> !isAlive());
    }

    /** The last lines it wrote. */
    List<String> lastWords() {
        ProcessLog current = log;
        return current == null ? List.of() : current.tail();
    }

    /** The leader as this replica sees it, if it is ready: {@code n1}, {@code n2} … */
    Optional<String> leader() {
        Door.Reply health = door.get("/q/health/ready");
        for (JsonNode check : health.body().path("checks")) {
            if (check.path("name").asText().equals("leader")
                    && check.path("status").asText().equals("UP")) {
                return Optional.of(check.path("data").path("leader").asText());
            }
        }
        return Optional.empty();
    }

    /** Whether this replica leads, as it sees it. */
    boolean leads() {
        return isAlive() && leader().filter(name()::equals).isPresent();
    }

    private void signal(String name) {
        Process current = process;
        if (current != null) {
            Children.signal(current.pid(), name);
        }
    }

    private void awaitEnd() {
        if (!ends(END_LIMIT)) {
            throw new AssertionError(name() + " did not end in " + END_LIMIT + ": " + lastWords());
        }
    }

    @Override
    public void close() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly().onExit().join();
        }
        disk.ifPresent(Disk::close);
    }
}
