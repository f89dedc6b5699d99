package dev.homeroom.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code homeroom bench metrics}: from metric events to committed rows and episodes, beside bare inserts. */
@Command(
        name = "metrics",
        description = "metrics-service: ingest to committed rows beside bare inserts into the same PostgreSQL, the edge"
                + " alone, from the event to the episode, memory, a classroom's figures over 30 days.",
        footer = "Operations: ingest, edge, event to episode, classroom",
        mixinStandardHelpOptions = true)
final class MetricsCommand implements Callable<Integer> {
    private static final long MAX_ROWS = 200_000_000;

    @Mixin
    private final RunOptions options = new RunOptions(8);

    @Option(
            names = "--first-load",
            defaultValue = "40",
            paramLabel = "SECONDS",
            description =
                    "how long a service that has just started has a load before its first figure, so that figures are"
                            + " those of one that runs (default: ${DEFAULT-VALUE})")
    private int firstLoad;

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
        options.require(
                firstLoad >= 1 && firstLoad <= RunOptions.MAX_SECONDS,
                "--first-load is 1 to " + RunOptions.MAX_SECONDS);
        options.require(rows >= 0 && rows <= MAX_ROWS, "--rows is 0 to " + MAX_ROWS);
        MetricsBench.Plan plan = new MetricsBench.Plan(
                options.time(), Duration.ofSeconds(firstLoad), options.only(), rows, statements, jvm);
        return options.run((home, data, report) -> {
            try (MetricsBench bench = new MetricsBench(home, data, plan, report)) {
                bench.run();
            }
        });
    }
}
