package dev.homeroom.e2e.cluster;

import dev.homeroom.local.process.Directories;
import dev.homeroom.local.stack.LocalStack;
import dev.homeroom.local.stack.StackSettings;
import dev.homeroom.local.stack.StackSettings.Aot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The start-up caches of this build's services (JEP 514), recorded once for all tests of this build. These tests start a
 * service dozens of times; with a cache that takes a third of the processor time. Where nobody has recorded any, as when a
 * single test is run after a build, services start without.
 */
public final class StartUpCaches {
    private static final Path DATA = Path.of("target", "homeroom-data").toAbsolutePath();

    /** Where they are: part of the data folder of the whole system, which records them. */
    public static final Path DIRECTORY = DATA.resolve("aot");

    private StartUpCaches() {}

    /** Starts the whole system with an empty data folder; if caches have to be recorded for that, twice. */
    public static LocalStack start() {
        deleteAllButCaches();
        StackSettings settings = StackSettings.forTests(DATA).with(Aot.TRAIN);
        LocalStack stack = LocalStack.start(settings);
        if (!stack.writesCaches()) {
            return stack;
        }
        stack.close();
        return LocalStack.start(settings.with(Aot.USE));
    }

    private static void deleteAllButCaches() {
        if (!Files.exists(DATA)) {
            return;
        }
        try (Stream<Path> entries = Files.list(DATA)) {
            entries.filter(entry -> !entry.equals(DIRECTORY)).forEach(Directories::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
