package dev.homeroom.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directories that hold the data of a local process. */
public final class Directories {
    private static final String SCRATCH = "homeroom-test-";

    private Directories() {}

    /** Deletes a directory and all it holds; nothing happens when it does not exist. Links are not followed. */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    /**
     * A directory for the tests of this JVM. Those of JVMs that were killed before they could delete theirs are deleted
     * first: the name carries the pid.
     */
    public static Path scratch(String name) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> entries = Files.list(temporary)) {
            entries.filter(Directories::isOrphan).forEach(Directories::deleteQuietly);
            Path directory = temporary.resolve(SCRATCH + ProcessHandle.current().pid() + "-" + name);
            delete(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOrphan(Path entry) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(SCRATCH)) {
            return false;
        }
        String pid = name.substring(SCRATCH.length()).replaceFirst("-.*", "");
        return pid.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** Two JVMs may clean up the same orphan; who comes second finds files gone. */
    private static void deleteQuietly(Path directory) {
        try {
            delete(directory);
        } catch (UncheckedIOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
