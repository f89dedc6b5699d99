package dev.homeroom.local.stack;

import dev.homeroom.local.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pid files of the parts. Where the kernel does not end the children of a killed launcher, the next one finds them
 * here; the start time tells our process from a later one with the same pid.
 */
final class Pids {
    private static final Duration POLITE = Duration.ofSeconds(5);

    private final Path directory;

    Pids(Path directory) {
        this.directory = directory;
    }

    /** Remembers a part's process. */
    void record(Part part, long pid) {
        long started = ProcessHandle.of(pid)
                .flatMap(p -> p.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
        try {
            Files.write(file(part), List.of(Long.toString(pid), Long.toString(started)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops what an earlier launcher left behind: services first, PostgreSQL last. */
    void stopLeftOvers(Consumer<StackEvent> listener) {
        for (Part part : List.of(Part.values()).reversed()) {
            find(part).ifPresent(process -> {
                listener.accept(new StackEvent.LeftOverStopped(part, process.pid()));
                stop(process);
            });
            forget(part);
        }
    }

    /** The running process that this file is about. */
    Optional<ProcessHandle> find(Part part) {
        try {
            if (!Files.exists(file(part))) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file(part));
            if (lines.size() < 2) {
                return Optional.empty();
            }
            long started = Long.parseLong(lines.get(1));
            return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                    .filter(p ->
                            p.info().startInstant().map(Instant::toEpochMilli).orElse(-1L) == started);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Removes the file. */
    void forget(Part part) {
        try {
            Files.deleteIfExists(file(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(ProcessHandle process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!Await.until(POLITE, () -> !process.isAlive())) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            Await.until(POLITE, () -> !process.isAlive());
        }
    }

    private Path file(Part part) {
        return directory.resolve(part.id() + ".pid");
    }
}
