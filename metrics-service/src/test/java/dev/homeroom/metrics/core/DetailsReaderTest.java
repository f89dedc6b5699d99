package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DetailsReaderTest {
    private static Details read(Map<String, Object> context) {
        return DetailsReader.read(context, null, null);
    }

    @Test
    @DisplayName("R-M3: what detectors need is read under its documented names")
    void reads() {
        Details details = read(Map.of(
                "x",
                10,
                "y",
                20.6,
                "clicks",
                3,
                "expectsRepeats",
                true,
                "dead",
                true,
                "reactionMs",
                2_600L,
                "hintDepth",
                2,
                "bottomOut",
                true,
                "durationMs",
                1_500));
        assertThat(details)
                .isEqualTo(new Details(
                        10,
                        21,
                        3,
                        true,
                        true,
                        Duration.ofMillis(2_600),
                        null,
                        2,
                        true,
                        Duration.ofMillis(1_500),
                        null));
    }

    @Test
    @DisplayName("R-M3: what has another form or is out of bounds is passed over")
    void passesOver() {
        assertThat(DetailsReader.read(null, null, null)).isSameAs(Details.NONE);
        assertThat(read(Map.of(
                        "x",
                        "left",
                        "y",
                        1e9,
                        "clicks",
                        0,
                        "dead",
                        "yes",
                        "error",
                        7,
                        "hintDepth",
                        1_001,
                        "durationMs",
                        -1,
                        "reactionMs",
                        List.of(3))))
                .isSameAs(Details.NONE);
        assertThat(read(Map.of("clicks", 1e300)).clickCount()).isEqualTo(Details.MOST_CLICKS);
        assertThat(read(Map.of("durationMs", 86_400_001L)).duration()).isNull();
    }

    @Test
    @DisplayName("R-M3: a value in a unit of time is a duration, unless a duration is told")
    void durations() {
        assertThat(DetailsReader.read(Map.of(), 1.5, "s").duration()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(DetailsReader.read(Map.of(), 2.0, "min").duration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(DetailsReader.read(Map.of("durationMs", 7), 2.0, "min").duration())
                .isEqualTo(Duration.ofMillis(7));
        assertThat(DetailsReader.read(Map.of(), 2.0, "points"))
                .isEqualTo(new Details(null, null, null, null, null, null, null, null, null, null, 2.0));
    }

    @Test
    @DisplayName("R-M3: the same error in another line is the same error, and its text is not kept")
    void errors() {
        String error =
                read(Map.of("error", "Main.java:12: cannot find symbol x")).error();
        assertThat(error).hasSize(16).doesNotContain("symbol");
        assertThat(read(Map.of("error", " MAIN.java:137:  cannot find\nsymbol X"))
                        .error())
                .isEqualTo(error);
        assertThat(read(Map.of("error", "Main.java:12: cannot find symbol y")).error())
                .isNotEqualTo(error);
        assertThat(read(Map.of("error", "TypeError 1a2b3c4d")).error())
                .isNotEqualTo(read(Map.of("error", "TypeError 9a8b7c6d")).error());
        assertThat(read(Map.of("error", "  "))).isSameAs(Details.NONE);
    }
}
