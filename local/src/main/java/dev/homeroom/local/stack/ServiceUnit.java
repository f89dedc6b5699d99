package dev.homeroom.local.stack;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.ProcessLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of our services as a part: a Quarkus application in a JVM of its own. */
final class ServiceUnit implements Unit {
    private final Part part;
    private final Path jar;
    private final URI ready;
    private final Map<String, String> environment;
    private final Path logFile;
    private final AotCache cache;
    private volatile @Nullable Process process;
    private volatile @Nullable ProcessLog log;

    ServiceUnit(Part part, Path jar, URI ready, Map<String, String> environment, Path logFile, AotCache cache) {
        this.part = part;
        this.jar = jar;
        this.ready = ready;
        this.environment = Map.copyOf(environment);
        this.logFile = logFile;
        this.cache = cache;
    }

    /**
     * Sized so that the whole stack fits into 2.5 GB: SerialGC took about 280 MB each with the smaller heap (measured). What
     * metrics-service holds of 10,000 students who are active every second fills 192 MB.
     */
    static List<String> jvmOptions(Part part) {
        return List.of(
                "-XX:+UseSerialGC",
                part == Part.COORDINATOR || part == Part.METRICS ? "-Xmx256m" : "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    @Override
    public Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(Children.java()));
        command.addAll(jvmOptions(part));
        command.addAll(cache.options());
        command.addAll(List.of("-jar", jar.toString()));
        Process fresh = Children.start(List.of(), command, environment, "TERM");
        process = fresh;
        log = ProcessLog.follow(fresh.getInputStream(), logFile);
        return fresh;
    }

    @Override
    public boolean isReady() {
        return Http.isOk(ready);
    }

    @Override
    public List<String> lastWords() {
        ProcessLog current = log;
        return current == null ? List.of() : current.tail();
    }

    @Override
    public void stop() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return; // one that died by itself was no example of a start: its recording is not kept
        }
        Children.terminate(current);
        if (!Await.until(cache.stopLimit(), () -> !current.isAlive())) {
            current.destroyForcibly().onExit().join();
        }
        cache.publish();
    }
}
