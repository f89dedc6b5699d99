package dev.homeroom.metrics.core.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "metrics-detectors.md");

    static List<Catalogue.Entry> detectors() {
        return Catalogue.ALL;
    }

    @ParameterizedTest
    @MethodSource("detectors")
    @DisplayName("R-M3: the document tells each detector with the thresholds it has")
    void documented(Catalogue.Entry entry) throws IOException {
        String thresholds = Thresholds.of(entry.standard()).entrySet().stream()
                .map(each -> "`" + each.getKey() + "` " + each.getValue())
                .collect(Collectors.joining(", "));
        List<String> row = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `" + entry.standard().name() + "` |"))
                .toList();

        assertThat(row)
                .as("rows of %s in %s", entry.standard().name(), DOCUMENT)
                .hasSize(1);
        assertThat(row.getFirst()).as("the row of %s", entry.standard().name()).endsWith("| " + thresholds + " |");
        assertThat(row.getFirst().contains("**off**")).isEqualTo(!entry.onByDefault());
    }
}
