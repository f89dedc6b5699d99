package dev.homeroom.queue.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/queue.md} name every state and every cause there is, and no other (R-Q4, R-Q12). */
class QueuePageTest {
    private static final Path PAGE = Path.of("..", "docs", "queue.md");

    @Test
    void everyStateIsToldAndWhetherItIsOver() throws IOException {
        assertThat(rows("## States"))
                .containsExactlyElementsOf(Arrays.stream(TaskStatus.values())
                        .map(status -> status.word() + " " + (status.over() ? "yes" : "no"))
                        .toList());
    }

    @Test
    void everyCauseIsTold() throws IOException {
        assertThat(rows("## Causes").stream().map(row -> row.substring(0, row.indexOf(' '))))
                .containsExactlyElementsOf(
                        Arrays.stream(Cause.values()).map(Cause::word).toList());
    }

    /** The first two cells of each row of the section's table that begins with a word of code. */
    private static List<String> rows(String heading) throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(heading) + heading.length();
        int end = page.indexOf("\n## ", begin);
        return page.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> {
                    var cells = line.split("\\|", -1);
                    return cells[1].strip().replace("`", "") + " " + cells[2].strip();
                })
                .toList();
    }
}
