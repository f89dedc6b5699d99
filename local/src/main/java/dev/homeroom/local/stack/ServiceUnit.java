package dev.homeroom.local.stack;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.ProcessLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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

    @Override
    public Process launch() throws IOException {
        List<String> command = ServiceStart.command(part, jar, cache, List.of());
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
