package dev.homeroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.local.token.TokenIssuer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTokenIsAloneOnStdout() throws Exception {
        TokenIssuer.openOrCreate(data.resolve("keys"));
        assertThat(run("token", "--role", "teacher", "--classroom", "c1", "--data", data.toString()))
                .isZero();
        assertThat(out.toString().strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTeachersTokenNeedsAClassroom() {
        assertThat(run("token", "--role", "teacher", "--data", data.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("--classroom");
    }

    @Test
    void aTokenNeedsTheKeysOfAStack() {
        assertThat(run("token", "--role", "agent", "--data", data.toString())).isEqualTo(66);
        assertThat(err.toString()).contains("homeroom up");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void wrongArgumentsAreUsageErrors() {
        assertThat(run("fly")).isEqualTo(64);
        assertThat(run("token")).isEqualTo(64);
        assertThat(run("token", "--role", "agent", "--ttl", "PT0S", "--data", data.toString()))
                .isEqualTo(64);
        assertThat(run("up", "--port-base", "65535", "--data", data.toString())).isEqualTo(64);
    }

    @Test
    void statusOfNothingIsUnavailable() throws Exception {
        assertThat(run("status", "--json", "--data", data.toString())).isEqualTo(69);
        assertThat(out.toString().strip()).isEqualTo("{\"running\":false}");
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run").resolve("stack.properties"), "pid=");
        assertThat(run("status", "--data", data.toString())).isEqualTo(69);
    }

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("up", "token", "status", "75");
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
