package dev.homeroom.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Copies the output of a process to {@code <name>.log}; at 8 MiB it becomes {@code <name>.log.1} and the older one is
 * dropped. The last lines are kept in memory, for the message when the process fails. Thread-safe.
 */
public final class ProcessLog {
    private static final long FILE_BYTES = 8L << 20;
    private static final int TAIL_LINES = 40;
    private static final int LINE_CHARS = 2000;

    private final Path file;
    private final Deque<String> tail = new ArrayDeque<>();

    private ProcessLog(Path file) {
        this.file = file;
    }

    /** Follows the output until it ends; the directory of the file is created. */
    public static ProcessLog follow(InputStream output, Path file) {
        ProcessLog log = new ProcessLog(file);
        Thread.ofVirtual().name("log-" + file.getFileName()).start(() -> log.copy(output));
        return log;
    }

    /** The last lines, oldest first, at most 40, each at most 2000 characters. */
    public List<String> tail() {
        synchronized (tail) {
            return List.copyOf(tail);
        }
    }

    /** The file that is being written. */
    public Path file() {
        return file;
    }

    private void copy(InputStream output) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String line = reader.readLine();
            while (line != null) {
                line = fill(reader, line);
            }
        } catch (IOException e) {
            remember("(the log ends here: " + e.getMessage() + ")");
        }
    }

    /** Writes one file full; the line that comes after it, or null at the end. */
    private @org.jspecify.annotations.Nullable String fill(BufferedReader reader, String first) throws IOException {
        rotate();
        long written = Files.exists(file) ? Files.size(file) : 0;
        try (Writer writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            String line = first;
            while (line != null && written < FILE_BYTES) {
                remember(line);
                writer.append(line).append('\n');
                written += line.length() + 1L;
                if (!reader.ready()) {
                    writer.flush();
                }
                line = reader.readLine();
            }
            return line;
        }
    }

    private void rotate() throws IOException {
        if (Files.exists(file) && Files.size(file) >= FILE_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void remember(String line) {
        synchronized (tail) {
            if (tail.size() == TAIL_LINES) {
                tail.removeFirst();
            }
            tail.addLast(line.length() > LINE_CHARS ? line.substring(0, LINE_CHARS) : line);
        }
    }

    /** Where the output of a process that nobody needs to read goes. */
    public static Path temporary(String name) {
        try {
            return Files.createTempFile("homeroom-" + name + "-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
