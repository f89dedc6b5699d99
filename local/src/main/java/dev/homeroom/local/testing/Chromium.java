package dev.homeroom.local.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium that tests of pages use: {@code HOMEROOM_CHROMIUM}, or the first known name on the {@code PATH}. */
public final class Chromium {
    private Chromium() {}

    /** The program, or nothing where this machine has none. */
    public static Optional<Path> find() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("HOMEROOM_CHROMIUM")).map(Path::of), onPath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isBlank())
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)));
    }
}
