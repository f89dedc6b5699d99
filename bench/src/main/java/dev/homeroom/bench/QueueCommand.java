package dev.homeroom.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code homeroom bench queue}: the queue beside hand-written SKIP LOCKED and db-scheduler. */
@Command(
        name = "queue",
        description = "The queue in this process (engine) and over HTTP (wire), beside hand-written SKIP LOCKED and"
                + " db-scheduler on the same PostgreSQL in the same run.",
        footer =
                "Operations: such as 'claim+complete', 'wire claim', 'pickup', or all of 'engine', 'wire' or 'history'",
        mixinStandardHelpOptions = true)
final class QueueCommand implements Callable<Integer> {
    private static final int MAX_HISTORY = 10_000_000;

    @Mixin
    private final RunOptions options = new RunOptions(10);

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

    @Option(
            names = "--first-load",
            defaultValue = "45",
            paramLabel = "SECONDS",
            description =
                    "how long single claims have a load before their first figure: the compilers of the queue and the"
                            + " coordinator have to have seen it (default: ${DEFAULT-VALUE})")
    private int firstLoad;

    @Option(names = "--statements", description = "name the statements and their time; costs a little itself")
    private boolean statements;

    @Option(names = "--jvm", split = ",", description = "more options of queue-service's JVM, such as a profiler's")
    private List<String> jvm = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        options.require(history >= 0 && history <= MAX_HISTORY, "--history is 0 to " + MAX_HISTORY);
        options.require(
                firstLoad >= 1 && firstLoad <= RunOptions.MAX_SECONDS,
                "--first-load is 1 to " + RunOptions.MAX_SECONDS);
        QueueBench.Plan plan = new QueueBench.Plan(
                options.time(), Duration.ofSeconds(firstLoad), options.only(), systems, history, statements, jvm);
        return options.run((home, data, report) -> {
            try (QueueBench bench = new QueueBench(home, data, plan, report)) {
                bench.run();
            }
        });
    }
}
