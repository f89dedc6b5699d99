package dev.homeroom.bench;

import dev.homeroom.bench.report.Report;
import dev.homeroom.bench.server.ServerProcess;
import dev.homeroom.local.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every bench that starts servers is asked: how long, what, and how to print it. Whatever happens, nothing stays behind. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RunOptions {
    /** The longest that anything of a run may be measured or loaded. */
    static final int MAX_SECONDS = 600;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            description = "measured time of each figure, after a warm-up of half of it (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Option(
            names = "--only",
            split = ",",
            arity = "1..*",
            paramLabel = "OPERATION",
            description = "only these, by name or its beginning; the names are below")
    private Set<String> only = new LinkedHashSet<>();

    /** What is run: with the checkout, an empty directory of its own and a place for its figures. */
    interface Bench {
        void run(Path home, Path data, Report report) throws IOException;
    }

    /** Options that measure for so many seconds unless told otherwise. */
    RunOptions(int seconds) {
        this.seconds = seconds;
    }

    Duration time() {
        return Duration.ofSeconds(seconds);
    }

    Set<String> only() {
        return only;
    }

    /** Refuses a command line of which this does not hold. */
    void require(boolean held, String words) {
        if (!held) {
            throw new ParameterException(spec.commandLine(), words);
        }
    }

    /** Runs it; by Ctrl-C too, no process and no file stays behind. Returns the exit code. */
    int run(Bench bench) throws IOException {
        require(seconds >= 1 && seconds <= MAX_SECONDS, "--seconds is 1 to " + MAX_SECONDS);
        Path data = Files.createTempDirectory("homeroom-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(data), "clean-up"));
        bench.run(Home.directory(), data, new Report(spec.commandLine().getOut(), json));
        return 0;
    }

    private static void cleanUp(Path data) {
        ServerProcess.killAll();
        Directories.delete(data);
    }
}
