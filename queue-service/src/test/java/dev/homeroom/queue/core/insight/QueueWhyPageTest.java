package dev.homeroom.queue.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/queue-why.md explains every cause of R-Q9, in the order of their weight, and no other. */
class QueueWhyPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|([^|]+)\\|([^|]+)\\|$");

    @Test
    void pageListsExactlyTheCausesOfTheCode() throws IOException {
        var rows = rows();
        assertThat(rows)
                .extracting(List::getFirst)
                .containsExactlyElementsOf(
                        Stream.of(FindingKind.values()).map(FindingKind::word).toList());
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row).allSatisfy(cell -> assertThat(cell).isNotBlank()));
    }

    private static List<List<String>> rows() throws IOException {
        var page = Path.of("..", "docs", "queue-why.md");
        try (var lines = Files.lines(page)) {
            return lines.map(ROW::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                    .toList();
        }
    }
}
