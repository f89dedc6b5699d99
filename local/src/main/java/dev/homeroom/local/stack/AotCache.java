package dev.homeroom.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The start-up cache of one part (JEP 514): a run without a fitting one records itself, writes the cache when it stops, and
 * the next start uses it. Its name carries what it depends on: the jars, the JDK and the JVM's options. The JVM checks a
 * cache again by itself and starts without one that does not fit.
 */
final class AotCache {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    /** Writing a cache takes 4 s of CPU a part (measured); four do it at once on two cores, perhaps busy ones. */
    private static final Duration RECORDING_STOP_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final String name;
    private final Path cache;
    private final StackSettings.Aot mode;
    private volatile boolean recording;

    private AotCache(Path directory, String name, Path cache, StackSettings.Aot mode) {
        this.directory = directory;
        this.name = name;
        this.cache = cache;
        this.mode = mode;
    }

    /**
     * The cache for a program.
     *
     * @param program the jar, or the directory whose jars it consists of
     */
    static AotCache of(Path directory, String name, Path program, List<String> options, StackSettings.Aot mode) {
        Path file = directory.resolve(name + "-" + key(program, options) + ".aot");
        return new AotCache(directory, name, file, mode);
    }

    /** What to start the JVM with. */
    List<String> options() throws IOException {
        recording = false;
        if (mode == StackSettings.Aot.OFF) {
            return List.of();
        }
        if (Files.exists(cache)) {
            return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=error,cds=error");
        }
        if (mode == StackSettings.Aot.USE) {
            return List.of();
        }
        Files.createDirectories(directory);
        Files.deleteIfExists(part());
        recording = true;
        return List.of("-XX:AOTCacheOutput=" + part(), "-Xlog:aot=error,cds=error");
    }

    /** Whether the run that was started last records itself. */
    boolean isRecording() {
        return recording;
    }

    /** How long a polite stop may take. */
    Duration stopLimit() {
        return recording ? RECORDING_STOP_LIMIT : STOP_LIMIT;
    }

    /** After the stop: a complete cache takes its name, and those of older builds go. */
    void publish() {
        if (!recording || !Files.exists(part())) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path old : files.filter(this::isOlder).toList()) {
                Files.deleteIfExists(old);
            }
            Files.move(part(), cache, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the start-up cache " + cache, e);
        }
    }

    private boolean isOlder(Path file) {
        return file.getFileName().toString().matches(name + "-[0-9a-f]+\\.aot");
    }

    private Path part() {
        return directory.resolve(name + ".part");
    }

    private static String key(Path program, List<String> options) {
        try (Stream<Path> files = Files.isDirectory(program) ? Files.walk(program) : Stream.of(program)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                update(
                        digest,
                        file + "|" + Files.size(file) + "|"
                                + Files.getLastModifiedTime(file).toMillis());
            }
            update(digest, System.getProperty("java.home") + "|" + Runtime.version());
            update(digest, String.join(" ", options));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
