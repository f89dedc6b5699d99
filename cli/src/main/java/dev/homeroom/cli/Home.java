package dev.homeroom.cli;

import dev.homeroom.local.stack.StackSettings;
import java.nio.file.Path;

/** The checkout that the script stands in. */
final class Home {
    private Home() {}

    static Path directory() {
        String home = System.getProperty("homeroom.home");
        return home == null ? StackSettings.findRoot() : Path.of(home);
    }
}
