package dev.homeroom.local.stack;

import dev.homeroom.local.stack.StackException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The layout of a data folder, and the lock that says that one launcher uses it. */
final class DataFolder implements AutoCloseable {
    /** Under this, Kafka and PostgreSQL would soon stop anyway. */
    static final long LEAST_FREE_BYTES = 1L << 30;

    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and locks it.
     *
     * @throws StackException when another launcher has it, when it cannot be written or when the disk is nearly full
     */
    static DataFolder open(Path root) {
        try {
            Files.createDirectories(root.resolve("run"));
            Files.createDirectories(root.resolve("logs"));
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new StackException(
                        Reason.NO_DATA_DIRECTORY,
                        "only %d MiB are free for %s; Homeroom needs 1 GiB: make room, or choose another place with --data"
                                .formatted(free >> 20, root),
                        null);
            }
            return lock(root);
        } catch (IOException e) {
            throw new StackException(
                    Reason.NO_DATA_DIRECTORY,
                    "the data folder " + root + " cannot be written (" + e + "): choose another place with --data",
                    e);
        }
    }

    private static DataFolder lock(Path root) throws IOException {
        Path file = root.resolve("run").resolve("launcher.pid");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new StackException(
                    Reason.IN_USE,
                    "process %s already runs Homeroom on %s: use that one, stop it, or choose another place with --data and other ports with --port-base"
                            .formatted(holder, root),
                    null);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(root, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this JVM has it
        }
    }

    Path of(Part part) {
        return root.resolve(part.id());
    }

    Path log(Part part) {
        return root.resolve("logs").resolve(part.id() + ".log");
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path serviceToken() {
        return keys().resolve("service.jwt");
    }

    Path aot() {
        return root.resolve("aot");
    }

    Path state() {
        return run().resolve("stack.properties");
    }

    Path run() {
        return root.resolve("run");
    }

    /** Gives the folder to the next launcher. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
