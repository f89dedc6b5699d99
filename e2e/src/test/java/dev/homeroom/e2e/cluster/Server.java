package dev.homeroom.e2e.cluster;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.ProcessLog;
import dev.homeroom.local.stack.Part;
import dev.homeroom.local.stack.ServiceStart;
import dev.homeroom.local.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of our packaged services as a process that is started, killed, stopped and paused. For one thread. */
public final class Server implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final List<String> prefix;
    private final Part part;
    private final List<String> options;
    private final Map<String, String> environment;
    private final Path logFile;
    private @Nullable Process process;
    private @Nullable ProcessLog log;

    /**
     * @param prefix what comes before the command
     * @param options of its JVM, beside those that all have
     */
    public Server(
            String name,
            Part part,
            List<String> prefix,
            List<String> options,
            Map<String, String> environment,
            Path logFile) {
        this.name = name;
        this.part = part;
        this.prefix = List.copyOf(prefix);
        this.options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        this.options.addAll(options);
        this.environment = Map.copyOf(environment);
        this.logFile = logFile;
    }

    /** Its name in messages. */
    public String name() {
        return name;
    }

    /** Starts the process and does not wait. */
    public void start() {
        try {
            List<String> command =
                    ServiceStart.command(StackSettings.findRoot(), part, StartUpCaches.DIRECTORY, options);
            Process fresh = Children.start(prefix, command, environment, "KILL");
            process = fresh;
            log = ProcessLog.follow(fresh.getInputStream(), logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the process runs, or stands still. */
    public boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        signal("KILL");
        awaitEnd();
    }

    /** SIGTERM; returns when the process has stopped in order. */
    public void stop() {
        terminate();
        awaitEnd();
    }

    /** SIGTERM. */
    public void terminate() {
        signal("TERM");
    }

    /** SIGSTOP: the process stands still and its connections stay. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** Returns when the process has ended by itself; false when it goes on. */
    public boolean ends(Duration limit) {
        return Await.until(limit, () -> !isAlive());
    }

    /** The last lines it wrote. */
    public List<String> lastWords() {
        ProcessLog current = log;
        return current == null ? List.of() : current.tail();
    }

    private void signal(String signal) {
        Process current = process;
        if (current != null) {
            Children.signal(current.pid(), signal);
        }
    }

    private void awaitEnd() {
        if (!ends(END_LIMIT)) {
            throw new AssertionError(name + " did not end in " + END_LIMIT + ": " + lastWords());
        }
    }

    @Override
    public void close() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly().onExit().join();
        }
    }
}
