package dev.homeroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.homeroom.local.stack.StackStatus;
import dev.homeroom.local.stack.StackStatus.PartStatus;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeroom status}: what runs on a data folder. */
@Command(
        name = "status",
        description = "Tells what runs; exit code 69 when nothing does or a part is not ready.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Optional<StackStatus> status = StackStatus.of(data.directory());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(status));
        } else {
            out.print(status.map(StatusCommand::table).orElse("Nothing runs on " + data.directory() + ".\n"));
            out.flush();
        }
        boolean well =
                status.map(s -> s.parts().stream().allMatch(PartStatus::ready)).orElse(false);
        return well ? Exit.OK : Exit.UNAVAILABLE;
    }

    private static String toJson(Optional<StackStatus> status) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        Object body = status.isPresent() ? status.get() : Map.of("running", false);
        return mapper.writeValueAsString(body);
    }

    private static String table(StackStatus status) {
        StringBuilder text = new StringBuilder();
        text.append("Homeroom at %s, since %s%n".formatted(status.address(), status.started()));
        for (PartStatus part : status.parts()) {
            String memory = part.residentBytes() < 0 ? "" : (part.residentBytes() >> 20) + " MiB";
            text.append("  %-12s %-9s port %-6d pid %-8s %s%n"
                    .formatted(
                            part.name(),
                            part.ready() ? "ready" : "not ready",
                            part.port(),
                            part.pid() < 0 ? "-" : Long.toString(part.pid()),
                            memory));
        }
        return text.toString();
    }
}
