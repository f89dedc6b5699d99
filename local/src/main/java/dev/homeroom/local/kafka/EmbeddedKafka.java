package dev.homeroom.local.kafka;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A real KRaft broker (broker and controller in one) in its own JVM, because a fatal fault of Kafka ends its process.
 * Data survive a stop and a kill. No authentication: it trusts the machine and listens on 127.0.0.1 only.
 */
public final class EmbeddedKafka implements AutoCloseable {
    /** How long a start may take: recovery after a kill with much data on a busy machine is the slowest case. */
    public static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final int ANSWER_MILLIS = 5000;
    /** The options of its JVM; C1 only: it starts in 3 CPU-s and takes about 210 MB (measured). */
    public static final List<String> JVM = List.of(
            "-Xmx192m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final ProcessLog log;
    private final int port;

    private EmbeddedKafka(Process process, ProcessLog log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** {@link #launch} and {@link #awaitReady}. */
    public static EmbeddedKafka start(Path dataDirectory, int port, int controllerPort, Path logFile)
            throws IOException {
        EmbeddedKafka kafka = launch(dataDirectory, port, controllerPort, logFile, List.of());
        kafka.awaitReady();
        return kafka;
    }

    /**
     * Starts the broker's JVM with our class path and does not wait.
     *
     * @param dataDirectory formatted when it is empty
     * @param jvmOptions in addition to ours, e.g. an AOT cache
     * @throws IOException when the JVM cannot be started
     */
    public static EmbeddedKafka launch(
            Path dataDirectory, int port, int controllerPort, Path logFile, List<String> jvmOptions)
            throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(Children.java()));
        command.addAll(JVM);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", Children.classPath(), BrokerMain.class.getName()));
        command.addAll(List.of(
                dataDirectory.toAbsolutePath().toString(), Integer.toString(port), Integer.toString(controllerPort)));
        Process process = Children.start(List.of(), command, Map.of(), "TERM");
        return new EmbeddedKafka(process, ProcessLog.follow(process.getInputStream(), logFile), port);
    }

    /**
     * Waits until an admin client gets an answer.
     *
     * @throws IOException when the process ends first or {@link #START_LIMIT} passes, with its last words
     */
    public void awaitReady() throws IOException {
        boolean answered = Await.until(START_LIMIT, () -> !process.isAlive() || (Ports.answers(port) && isReady()));
        if (!answered || !process.isAlive()) {
            kill();
            throw new IOException(
                    "Kafka did not start on port " + port + "; its last words:\n" + String.join("\n", log.tail()));
        }
    }

    /** Whether the broker answers now: at most 5 s. */
    public boolean isReady() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** The broker's process. */
    public Process process() {
        return process;
    }

    /** What the broker writes. */
    public ProcessLog log() {
        return log;
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Shuts the broker down: SIGTERM, after 15 s SIGKILL. */
    @Override
    public void close() {
        close(STOP_LIMIT);
    }

    /** The same with another limit. */
    public void close(Duration limit) {
        Children.terminate(process);
        if (!Await.until(limit, () -> !process.isAlive())) {
            kill();
        }
    }
}
