package dev.homeroom.platform.arch.sample.core;

import dev.homeroom.platform.arch.sample.kafka.Sender;
import java.nio.file.Path;
import java.time.Instant;

/** A core with a clock, a file and an adapter. */
public record ImpureCore(Path file, Sender sender) {
    /** Reads the clock. */
    public static Instant time() {
        return Instant.now();
    }
}
