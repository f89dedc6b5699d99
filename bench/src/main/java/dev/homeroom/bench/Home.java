package dev.homeroom.bench;

import java.nio.file.Path;

/** The checkout that is measured. */
final class Home {
    private Home() {}

    static Path directory() {
        return Path.of(System.getProperty("homeroom.home", "")).toAbsolutePath();
    }
}
