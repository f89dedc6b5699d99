package dev.homeroom.e2e.cluster;

import dev.homeroom.local.process.Children;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small file system in memory that can be filled up. It lives in a mount namespace of its own, which a process holds
 * that does nothing else; who works on the disk enters that namespace. Needs no rights on Linux, where user namespaces
 * are allowed.
 */
final class Disk implements AutoCloseable {
    /** Many times what a replica needs between two snapshots of a run. */
    static final int MEGABYTES = 48;

    private static final String FILLER = "filler";
    private static final int BLOCK = 64 * 1024;

    private final Process holder;
    private final Path directory;

    /** {@code holder} ends when its standard input does: with this JVM, however that ends. */
    private Disk(Process holder, Path directory) {
        this.holder = holder;
        this.directory = directory;
    }

    /** A fresh disk, mounted on this directory; empty where this machine does not let us. */
    static Optional<Disk> mount(Path directory) {
        try {
            Files.createDirectories(directory);
            Process holder = new ProcessBuilder(
                            "unshare",
                            "--user",
                            "--map-root-user",
                            "--mount",
                            "sh",
                            "-c",
                            "mount -t tmpfs -o size=" + MEGABYTES + "m tmpfs \"$1\" && echo mounted && exec cat",
                            "sh",
                            directory.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = holder.inputReader().readLine();
            if (!"mounted".equals(said)) {
                holder.destroyForcibly();
                return Optional.empty();
            }
            Disk disk = new Disk(holder, directory);
            if (!Files.isDirectory(disk.seenFromHere()) || !Children.succeeds(disk.entering("true"))) {
                disk.close();
                return Optional.empty();
            }
            return Optional.of(disk);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What comes before a command that shall see this disk. */
    List<String> prefix() {
        return List.of(
                "nsenter", "--target", Long.toString(holder.pid()), "--user", "--mount", "--preserve-credentials");
    }

    private String[] entering(String command) {
        List<String> line = new ArrayList<>(prefix());
        line.add(command);
        return line.toArray(String[]::new);
    }

    private Path seenFromHere() {
        return Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(directory.toString().substring(1));
    }

    /** Takes all the space that is left, and what becomes free while this goes on. */
    void fill() {
        byte[] block = new byte[BLOCK];
        for (int size = BLOCK; size >= 1; size /= 16) {
            try (OutputStream file = Files.newOutputStream(
                    seenFromHere().resolve(FILLER), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (long written = 0; written < (long) MEGABYTES << 20; written += size) {
                    file.write(block, 0, size);
                }
            } catch (IOException e) {
                // Full for blocks of this size: that is what we want.
            }
        }
    }

    /** Gives the space back. */
    void free() {
        try {
            Files.deleteIfExists(seenFromHere().resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
