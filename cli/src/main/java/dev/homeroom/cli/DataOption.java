package dev.homeroom.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data folder. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept: databases, logs, keys (default: .homeroom beside the script)")
    private @Nullable Path directory;

    Path directory() {
        Path chosen = directory == null ? Home.directory().resolve(".homeroom") : directory;
        return chosen.toAbsolutePath().normalize();
    }
}
