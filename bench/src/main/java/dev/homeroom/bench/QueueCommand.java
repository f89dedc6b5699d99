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

/** {@code homeroom bench queue}: the queue beside hand-written SKIP LOCKED and db-scheduler. */
@Command(
        name = "queue",
        description = "The queue in this process (engine) and over HTTP (wire), beside hand-written SKIP LOCKED and"
                + " db-scheduler on the same PostgreSQL in the same run.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class QueueCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 600;
    private static final int MAX_HISTORY = 10_000_000;

    @Spec
    private CommandSpec spec;

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
            description = "only these, by name or its beginning ('claim+complete', 'wire claim', 'pickup'), or all of"
                    + " 'engine', 'wire' or 'history'")
    private Set<String> only = new LinkedHashSet<>();

    @Option(
            names = "--system",
            split = ",",
            paramLabel = "SYSTEM",
            description = "only these: homeroom, hand-written, db-scheduler (default: all)")
    private Set<String> systems = new LinkedHashSet<>();

    @Option(
            names = "--history",
            defaultValue = "1000000",
            description = "finished tasks of the figures with history, 0 for none (default: ${DEFAULT-VALUE})")
    private int history;

    @Option(names = "--statements", description = "name the statements and their time; costs a little itself")
    private boolean statements;

    @Option(names = "--jvm", split = ",", description = "more options of queue-service's JVM, such as a profiler's")
    private List<String> jvm = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new ParameterException(spec.commandLine(), "--seconds is 1 to " + MAX_SECONDS);
        }
        if (history < 0 || history > MAX_HISTORY) {
            throw new ParameterException(spec.commandLine(), "--history is 0 to " + MAX_HISTORY);
        }
        PrintWriter out = spec.commandLine().getOut();
        Path data = Files.createTempDirectory("homeroom-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(data), "clean-up"));
        QueueBench.Plan plan =
                new QueueBench.Plan(Duration.ofSeconds(seconds), only, systems, history, statements, jvm);
        try (QueueBench bench = new QueueBench(Home.directory(), data, plan, new Report(out, json))) {
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
