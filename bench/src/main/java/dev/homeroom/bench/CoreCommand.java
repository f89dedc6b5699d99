package dev.homeroom.bench;

import dev.homeroom.bench.core.CoreRun;
import dev.homeroom.bench.report.Report;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeroom bench core}: the coordinator's state machine alone. */
@Command(
        name = "core",
        description =
                "The coordinator's state machine alone on one thread, by JMH: commands a second and bytes allocated"
                        + " for each.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "10", description = "measured time of each (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws RunnerException {
        Report report = new Report(spec.commandLine().getOut(), json);
        CoreRun.run(seconds).forEach(report::add);
        return 0;
    }
}
