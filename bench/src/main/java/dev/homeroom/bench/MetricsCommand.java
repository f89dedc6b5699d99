package dev.homeroom.bench;

import dev.homeroom.bench.report.Report;
import dev.homeroom.bench.server.ServerProcess;
import dev.homeroom.local.process.Directories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code homeroom bench metrics}: from metric events to committed rows and episodes, beside bare inserts. */
@Command(
        name = "metrics",
        description = "metrics-service: ingest to committed rows beside bare inserts into the same PostgreSQL, the edge"
                + " alone, from the event to the episode, memory, a classroom's figures over 30 days.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class MetricsCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 600;
    private static final long MAX_ROWS = 200_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description = "measured time of each figure, after a warm-up of half of it (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--first-load",
            defaultValue = "40",
            paramLabel = "SECONDS",
            description =
                    "how long a service that has just started has a load before its first figure, so that figures are"
                            + " those of one that runs (default: ${DEFAULT-VALUE})")
    private int firstLoad;

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Option(
            names = "--only",
            split = ",",
            arity = "1..*",
            paramLabel = "OPERATION",
            description = "only these, by name or its beginning: ingest, edge, event to episode, classroom")
    private Set<String> only = new LinkedHashSet<>();

    @Option(
            names = "--rows",
            defaultValue = "3000000",
            description = "rows of student_minute behind the figures of a classroom (default: ${DEFAULT-VALUE})")
    private long rows;

    @Option(names = "--statements", description = "name the statements and their time; costs a little itself")
    private boolean statements;

    @Option(names = "--jvm", split = ",", description = "more options of metrics-service's JVM, such as a profiler's")
    private List<String> jvm = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new ParameterException(spec.commandLine(), "--seconds is 1 to " + MAX_SECONDS);
        }
        if (firstLoad < 1 || firstLoad > MAX_SECONDS) {
            throw new ParameterException(spec.commandLine(), "--first-load is 1 to " + MAX_SECONDS);
        }
        if (rows < 0 || rows > MAX_ROWS) {
            throw new ParameterException(spec.commandLine(), "--rows is 0 to " + MAX_ROWS);
        }
        PrintWriter out = spec.commandLine().getOut();
        Path data = Files.createTempDirectory("homeroom-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(data), "clean-up"));
        MetricsBench.Plan plan = new MetricsBench.Plan(
                Duration.ofSeconds(seconds), Duration.ofSeconds(firstLoad), only, rows, statements, jvm);
        try (MetricsBench bench = new MetricsBench(Home.directory(), data, plan, new Report(out, json))) {
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
