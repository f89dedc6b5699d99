package dev.homeroom.local.postgres;

import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The server process of a data directory, as its {@code postmaster.pid} names it. */
final class Postmaster {
    private static final Duration FAST_LIMIT = Duration.ofSeconds(20);
    private static final Duration IMMEDIATE_LIMIT = Duration.ofSeconds(5);

    private Postmaster() {}

    /** Stops a server that outlived its launcher, so that the data directory is free. */
    static void stopLeftOver(Path data) throws IOException {
        Optional<ProcessHandle> leftOver = find(data);
        if (leftOver.isPresent() && !stop(leftOver.get())) {
            throw new IOException(
                    "another PostgreSQL (process " + leftOver.get().pid() + ") uses " + data + " and does not stop");
        }
    }

    /** A fast shutdown (sessions are cut, a checkpoint is written), then an immediate one, then SIGKILL. */
    static boolean stop(ProcessHandle process) {
        return ended(process, "INT", FAST_LIMIT)
                || ended(process, "QUIT", IMMEDIATE_LIMIT)
                || ended(process, "KILL", IMMEDIATE_LIMIT);
    }

    private static boolean ended(ProcessHandle process, String signal, Duration limit) {
        Children.signal(process.pid(), signal);
        return Await.until(limit, () -> !process.isAlive());
    }

    /** Only a process that runs the program postgres: the pid may have gone to another one since. */
    private static Optional<ProcessHandle> find(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info()
                        .command()
                        .map(command ->
                                Path.of(command).getFileName().toString().startsWith("postgres"))
                        .orElse(false));
    }
}
