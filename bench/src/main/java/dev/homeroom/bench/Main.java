package dev.homeroom.bench;

import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code homeroom bench}. */
@Command(
        name = "homeroom bench",
        description =
                "Measures on this machine, beside the references. Figures are seen and written down, never asserted.",
        mixinStandardHelpOptions = true,
        subcommands = {CoordinatorCommand.class, CoreCommand.class, QueueCommand.class, MetricsCommand.class})
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        LogManager.getLogManager().reset(); // libraries must not write between the figures
        System.exit(new CommandLine(new Main()).setUsageHelpAutoWidth(true).execute(arguments));
    }
}
