package dev.homeroom.bench.server;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server as a child process; it ends with this process. Not thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private static final double KIB_PER_MIB = 1_024;

    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Process process;
    private final ProcessLog log;

    private ServerProcess(String name, Process process, ProcessLog log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it; its output goes to the file. */
    public static ServerProcess start(
            String name, List<String> command, Map<String, String> environment, Path logFile) {
        try {
            Process process = Children.start(List.of(), command, environment, "KILL");
            STARTED.add(process);
            return new ServerProcess(name, process, ProcessLog.follow(process.getInputStream(), logFile));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /**
     * Waits until it serves.
     *
     * @throws IllegalStateException with its last words when it ends or takes too long
     */
    public ServerProcess await(BooleanSupplier ready) {
        boolean up = Await.until(READY_LIMIT, () -> !process.isAlive() || ready.getAsBoolean());
        if (!up || !process.isAlive()) {
            throw new IllegalStateException(
                    name + " does not start; its last words:\n  " + String.join("\n  ", log.tail()));
        }
        return this;
    }

    /** The last lines of its output. */
    public List<String> lastWords() {
        return log.tail();
    }

    /** SIGKILL to every one that was started here and runs; waits for their end. */
    public static void killAll() {
        STARTED.forEach(process -> process.destroyForcibly().onExit().join());
    }

    /** The resident memory of a process in MiB; 0 where the system does not tell (only Linux does). */
    static double residentMib(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / KIB_PER_MIB;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits for its end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; does not wait. */
    public void terminate() {
        Children.terminate(process);
    }

    /** SIGTERM, and SIGKILL when that does not help. */
    @Override
    public void close() {
        terminate();
        if (!Await.until(STOP_LIMIT, () -> !process.isAlive())) {
            kill();
        }
    }
}
