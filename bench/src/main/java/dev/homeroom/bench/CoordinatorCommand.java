package dev.homeroom.bench;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code homeroom bench coordinator}: the coordinator beside Redis and etcd. */
@Command(
        name = "coordinator",
        description =
                "The coordinator in processes of its own, driven through gRPC and HTTP; Redis (appendfsync always)"
                        + " and etcd under the same load in the same run, where they are on the PATH.",
        footer = "Operations: such as 'lock pair'",
        mixinStandardHelpOptions = true)
final class CoordinatorCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions options = new RunOptions(10);

    @Option(names = "--nodes", defaultValue = "1", description = "replicas, 1 or 3 (default: ${DEFAULT-VALUE})")
    private int nodes;

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
        options.require(nodes == 1 || nodes == 3, "--nodes is 1 or 3");
        CoordinatorBench.Plan plan =
                new CoordinatorBench.Plan(nodes, options.time(), options.only(), systems, jvm, trials);
        return options.run((home, data, report) -> {
            try (CoordinatorBench bench = new CoordinatorBench(home, data, plan, report)) {
                bench.run();
            }
        });
    }
}
