package dev.homeroom.bench;

import dev.homeroom.bench.report.Report;
import dev.homeroom.bench.server.ServerProcess;
import dev.homeroom.local.process.Directories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code homeroom bench coordinator}: the coordinator beside Redis and etcd. */
@Command(
        name = "coordinator",
        description =
                "The coordinator in processes of its own, driven through gRPC and HTTP; Redis (appendfsync always)"
                        + " and etcd under the same load in the same run, where they are on the PATH.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CoordinatorCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 600;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", defaultValue = "1", description = "replicas, 1 or 3 (default: ${DEFAULT-VALUE})")
    private int nodes;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "measured time of each figure, after a warm-up of half of it (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Option(
            names = "--only",
            split = ",",
            arity = "1..*",
            paramLabel = "OPERATION",
            description = "only these, by name or its beginning, such as 'lock pair'")
    private Set<String> only = new LinkedHashSet<>();

    @Option(
            names = "--system",
            split = ",",
            paramLabel = "SYSTEM",
            description = "only these: homeroom, redis, etcd (default: all)")
    private Set<String> systems = new LinkedHashSet<>();

    @Option(names = "--trials", defaultValue = "20", description = "of each election (default: ${DEFAULT-VALUE})")
    private int trials;

    @Option(names = "--jvm", split = ",", description = "options of the coordinator's JVM instead of -Xms1g,-Xmx1g")
    private Set<String> jvm = new LinkedHashSet<>();

    @Override
    public Integer call() throws IOException {
        if (nodes != 1 && nodes != 3) {
            throw new ParameterException(spec.commandLine(), "--nodes is 1 or 3");
        }
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new ParameterException(spec.commandLine(), "--seconds is 1 to " + MAX_SECONDS);
        }
        PrintWriter out = spec.commandLine().getOut();
        Path data = Files.createTempDirectory("homeroom-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(data), "clean-up"));
        try (CoordinatorBench bench = new CoordinatorBench(
                Home.directory(),
                data,
                new CoordinatorBench.Plan(nodes, Duration.ofSeconds(seconds), only, systems, jvm, trials),
                new Report(out, json))) {
            bench.run();
        }
        return 0;
    }

    /** At the end of the process, by Ctrl-C too: nothing stays behind. */
    private static void cleanUp(Path data) {
        ServerProcess.killAll();
        Directories.delete(data);
    }
}
