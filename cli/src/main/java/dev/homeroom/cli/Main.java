package dev.homeroom.cli;

import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code homeroom}. */
@Command(
        name = "homeroom",
        description = "Coordinates fleets of agent sessions, and shows teachers how students get on, live.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {UpCommand.class, TokenCommand.class, StatusCommand.class, ScorecardCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "64:wrong arguments",
            "66:something that must be there already is not",
            "69:not available: no JDK 25, a busy port, not built, not running",
            "70:a part failed; its last words are printed",
            "73:the data folder cannot be made or written, or the disk is full",
            "75:another homeroom up runs on the same data folder",
            "130, 143:stopped in order by Ctrl-C, by SIGTERM"
        })
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        // Libraries must not write over our screen: what matters to people comes as events and exceptions.
        LogManager.getLogManager().reset();
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExitCodeExceptionMapper(e -> Exit.SOFTWARE)
                .setParameterExceptionHandler(Main::usage)
                .setExecutionExceptionHandler((e, command, parsed) -> Failure.report(e, command))
                .setUsageHelpAutoWidth(true);
    }

    private static int usage(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("homeroom: " + e.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    /** The version of the build, from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"homeroom " + (version == null ? "(not packaged)" : version)};
        }
    }
}
