package dev.homeroom.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What to run and where.
 *
 * @param root the root of the checkout that holds the services' jars
 * @param data everything that is written: databases, logs, keys, caches, pids
 * @param ports where the parts listen
 * @param aot what to do with start-up caches
 * @param restart whether a part that dies is started again by itself
 * @param environment more variables for a part, which win over those of the stack
 * @param listener told about every event, from several threads
 */
public record StackSettings(
        Path root,
        Path data,
        StackPorts ports,
        Aot aot,
        boolean restart,
        Map<Part, Map<String, String>> environment,
        Consumer<StackEvent> listener) {
    /** What to do with start-up caches (JEP 483, 514). */
    public enum Aot {
        /** Start without. */
        OFF,
        /** Use those that fit, make none. */
        USE,
        /** Use those that fit; a part without one records this run and writes its cache when it stops. */
        TRAIN
    }

    /** Makes the paths absolute. */
    public StackSettings {
        root = root.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** Free ports, caches used when they are there, parts restarted when they die: for tests. */
    public static StackSettings forTests(Path data) {
        return new StackSettings(findRoot(), data, StackPorts.free(), Aot.USE, true, Map.of(), event -> {});
    }

    /** The same, doing this with start-up caches. */
    public StackSettings with(Aot caches) {
        return new StackSettings(root, data, ports, caches, restart, environment, listener);
    }

    /** The same with more variables for a part. */
    public StackSettings with(Part part, Map<String, String> variables) {
        Map<Part, Map<String, String>> more = new EnumMap<>(Part.class);
        more.putAll(environment);
        more.put(part, Map.copyOf(variables));
        return new StackSettings(root, data, ports, aot, restart, more, listener);
    }

    /** The same with another listener. */
    public StackSettings listening(Consumer<StackEvent> other) {
        return new StackSettings(root, data, ports, aot, restart, environment, other);
    }

    /** The same, with parts that die restarted by themselves or not. */
    public StackSettings restarting(boolean automatically) {
        return new StackSettings(root, data, ports, aot, automatically, environment, listener);
    }

    /** The nearest directory above the working directory that has the modules. */
    public static Path findRoot() {
        Path start = Path.of("").toAbsolutePath();
        for (Path candidate = start; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve(Part.COORDINATOR.module()).resolve("pom.xml"))) {
                return candidate;
            }
        }
        throw new IllegalStateException("no Homeroom checkout above " + start);
    }
}
