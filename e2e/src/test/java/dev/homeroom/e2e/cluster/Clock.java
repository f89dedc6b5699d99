package dev.homeroom.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of a process, by libfaketime (Debian: {@code faketime}), which reads the offset from a file. The
 * monotonic clock stays true, as it does when somebody sets the time of a machine.
 */
final class Clock {
    /** How long it takes at most until the process reads the file again. */
    static final Duration NOTICED = Duration.ofMillis(1_500);

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path file;

    private Clock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** A clock that is right so far; empty where the library is not installed. */
    static Optional<Clock> right(Path file) {
        return LIBRARIES.stream().filter(Files::exists).findFirst().map(library -> {
            Clock clock = new Clock(library, file);
            clock.set(Duration.ZERO);
            return clock;
        });
    }

    /** What the process needs in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Debian's build has it on: every timed wait of a JVM would return at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "FAKETIME_CACHE_DURATION",
                "1");
    }

    /** Steps to so much before or after the true time; noticed within a second. */
    void set(Duration offset) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, "%+d".formatted(offset.toSeconds()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
