package dev.homeroom.local.stack;

import dev.homeroom.local.process.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How one of our services is started in a JVM of its own: by the stack, and by tests that do so themselves. */
public final class ServiceStart {
    private ServiceStart() {}

    /**
     * The command that starts a service of this build, with its start-up cache where one was recorded that fits.
     *
     * @param root the root of the checkout
     * @param caches where start-up caches are
     * @param more options of the JVM
     * @throws IOException when the caches cannot be looked at
     */
    public static List<String> command(Path root, Part part, Path caches, List<String> more) throws IOException {
        Path jar = ServiceJars.of(root, part);
        return command(part, jar, cache(part, jar, caches, StackSettings.Aot.USE), more);
    }

    /**
     * The same without a start-up cache.
     *
     * @param root the root of the checkout
     * @param more options of the JVM
     * @throws IOException never in fact: no cache is looked at
     */
    public static List<String> command(Path root, Part part, List<String> more) throws IOException {
        Path jar = ServiceJars.of(root, part);
        return command(part, jar, cache(part, jar, root, StackSettings.Aot.OFF), more);
    }

    static List<String> command(Part part, Path jar, AotCache cache, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(Children.java()));
        command.addAll(jvmOptions(part));
        command.addAll(cache.options());
        command.addAll(more);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    static AotCache cache(Part part, Path jar, Path caches, StackSettings.Aot mode) {
        return AotCache.of(caches, part.id(), Objects.requireNonNull(jar.getParent()), jvmOptions(part), mode);
    }

    /**
     * Sized so that the whole stack fits into 2.5 GB: SerialGC took about 280 MB each with the smaller heap (measured). What
     * metrics-service holds of 10,000 students who are active every second fills 192 MB.
     */
    private static List<String> jvmOptions(Part part) {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Xmx" + heap(part) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (System.getProperty("os.name").equals("Linux")) {
            // glibc keeps what the compiler gave back: 30 to 45 MB of metrics-service under load.
            options.add("-XX:TrimNativeHeapInterval=5000");
        }
        return List.copyOf(options);
    }

    private static int heap(Part part) {
        return switch (part) {
            case COORDINATOR -> 256;
            case METRICS -> 240;
            default -> 192;
        };
    }
}
