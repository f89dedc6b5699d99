package dev.homeroom.queue.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Transitions.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    /** Write the page with {@code -Dhomeroom.states.write=true}. */
    private static final Path PAGE = Path.of("..", "docs", "task-states.md");

    @Test
    @DisplayName("R-Q4: the page of a task's states is made of the table")
    void thePageIsMadeOfTheTable() throws IOException {
        if (Boolean.getBoolean("homeroom.states.write")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dhomeroom.states.write=true to write %s anew", PAGE)
                .isEqualTo(page());
    }

    @Test
    @DisplayName("R-Q4: the table leaves out no cause and no status, and every status can be reached")
    void theTableIsComplete() {
        assertThat(Transitions.ALL).extracting(Step::cause).contains(Cause.values());
        assertThat(Transitions.ALL).extracting(Step::to).contains(TaskStatus.values());
        assertThat(Arrays.stream(TaskStatus.values()).filter(status -> !status.over()))
                .allMatch(status -> Transitions.isLegal(status, Cause.CANCELLED, TaskStatus.CANCELLED));
        assertThat(Transitions.isLegal(TaskStatus.COMPLETED, Cause.RETRIED, TaskStatus.PENDING))
                .isFalse();
    }

    private static String page() {
        return """
                # States of a task

                Made of the table in `Transitions.java` by `TransitionsTest`; `RandomProgramTest` holds every step of its
                programs against it. Do not edit; run
                `./homeroom mvn -pl queue-service -am test -Dtest=TransitionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dhomeroom.states.write=true`.

                ```mermaid
                stateDiagram-v2
                """
                + lines(step -> "    %s --> %s: %s\n"
                        .formatted(state(step.from(), "[*]"), step.to().word(), word(step)))
                + "```\n\n| from | cause | to | when |\n| --- | --- | --- | --- |\n"
                + lines(step -> "| %s | %s | %s | %s |\n"
                        .formatted(
                                state(step.from(), "–"), word(step), step.to().word(), step.when()));
    }

    private static String lines(Function<Step, String> line) {
        return Transitions.ALL.stream().map(line).collect(Collectors.joining());
    }

    private static String word(Step step) {
        return step.cause().word();
    }

    private static String state(@Nullable TaskStatus status, String none) {
        return status == null ? none : status.word();
    }
}
