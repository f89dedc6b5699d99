package dev.homeroom.cli;

import dev.homeroom.local.token.TokenIssuer;
import dev.homeroom.local.token.TokenRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeroom token}: signs one more token for the local stack. */
@Command(
        name = "token",
        description = "Prints a token for the local stack, alone on stdout.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--role", required = true, description = "operator, agent, app, teacher, admin or service")
    private String role;

    @Option(
            names = "--classroom",
            paramLabel = "C",
            split = ",",
            description = "a classroom it is for, may be repeated; '*' is every one (needed for teacher and app)")
    private Set<String> classrooms = new LinkedHashSet<>();

    @Option(names = "--subject", description = "whose it is (default: the role)")
    private @Nullable String subject;

    @Option(names = "--app", description = "the app that sends events (needed for app)")
    private @Nullable String app;

    @Option(names = "--student", description = "the one student a browser tracker speaks for")
    private @Nullable String student;

    @Option(
            names = "--ttl",
            defaultValue = "PT8H",
            description = "how long it is valid, as in PT30M or P7D, at most P180D (default: ${DEFAULT-VALUE})")
    private Duration ttl;

    @Override
    public Integer call() throws IOException {
        boolean limited = role.equals("teacher") || role.equals("app");
        if (limited && classrooms.isEmpty()) {
            throw new IllegalArgumentException("a token of role " + role + " needs --classroom ('*' is every one)");
        }
        if (role.equals("app") && app == null) {
            throw new IllegalArgumentException("a token of role app needs --app: events carry that name");
        }
        Path keys = data.directory().resolve("keys");
        TokenRequest request = new TokenRequest(
                subject == null ? role : subject,
                Set.of(role),
                classrooms.isEmpty() ? Set.of("*") : classrooms,
                app,
                student,
                ttl);
        if (!TokenIssuer.exists(keys)) {
            throw new MissingKeysException(data.directory());
        }
        spec.commandLine().getOut().println(TokenIssuer.open(keys).issue(request));
        return Exit.OK;
    }
}
