package dev.homeroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.homeroom.local.token.TokenIssuer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
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
    @DisplayName("R-M6: a scorecard of homework, as text and as JSON")
    void scorecard() throws Exception {
        homework();
        assertThat(run("scorecard", "--data", data.toString(), "--json")).isZero();
        JsonNode card = new ObjectMapper().readTree(out.toString());
        assertThat(card.at("/level/auc").isNumber()).isTrue();
        assertThat(card.at("/level/aucFirstHalf").isNumber()).isTrue();
        assertThat(card.at("/detectors/0/name").isTextual()).isTrue();
        assertThat(card.at("/detectors/0").fieldNames())
                .toIterable()
                .contains("auc", "aucFirstHalf", "precision", "recall", "alertsPerHour", "firstAlert");

        assertThat(run("scorecard", "--data", data.toString())).isZero();
        assertThat(out.toString()).contains("AUC, first half", "hw01: 1 of 2 grades low");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("R-M6: homework that cannot be used is told in one sentence")
    void noScorecard() throws Exception {
        assertThat(run("scorecard")).isEqualTo(64);
        assertThat(run("scorecard", "--data", data.toString())).isEqualTo(66);
        homework();
        Files.writeString(data.resolve("grades.csv"), "student,hw01\na,100\nb,100\n");
        assertThat(run("scorecard", "--data", data.toString())).isEqualTo(66);
        assertThat(err.toString().lines())
                .hasSize(4)
                .last()
                .isEqualTo("homeroom: hw01 has 0 low grades of 2: nothing can be told apart");
    }

    private void homework() throws Exception {
        StringBuilder snapshots = new StringBuilder("student;snapshot;c_error;r_error;t_failed;t_success\n");
        for (int i = 10; i < 20; i++) {
            snapshots.append("a;2020-10-04T%d_00_00.000Z;1;0;3;1\n".formatted(i));
            snapshots.append("b;2020-10-04T%d_00_00.000Z;0;0;0;4\n".formatted(i));
        }
        Files.writeString(data.resolve("hw01-snapshots.csv"), snapshots);
        Files.writeString(data.resolve("grades.csv"), "student,hw01\na,50\nb,100\n");
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
