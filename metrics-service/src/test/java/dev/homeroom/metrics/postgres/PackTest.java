package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PackTest {
    private enum Colour {
        RED
    }

    private record All(
            boolean flag,
            int small,
            long large,
            double real,
            String text,
            UUID id,
            Instant at,
            Duration span,
            Colour colour,
            @Nullable String none,
            List<String> items,
            Map<String, Double> entries) {}

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private static All all(long large, Instant at, String text) {
        return new All(
                true,
                -1,
                large,
                -0.1,
                text,
                ID,
                at,
                Duration.ofMillis(-1_500),
                Colour.RED,
                null,
                List.of(text, "app", text),
                Map.of(text, 1.5));
    }

    @Test
    @DisplayName("R-M3: every value that a state can hold is read as it was written")
    void everyValue() throws IOException {
        for (long large : new long[] {0, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE}) {
            for (Instant at :
                    List.of(Instant.EPOCH, Instant.parse("2026-03-02T09:00:00.123456789Z"), Instant.MIN, Instant.MAX)) {
                JsonNode read = PackReader.read(new PackWriter().pack(all(large, at, "héllo")));
                assertThat(read.get("flag").asBoolean()).isTrue();
                assertThat(read.get("small").asInt()).isEqualTo(-1);
                assertThat(read.get("large").asLong()).isEqualTo(large);
                assertThat(read.get("real").asDouble()).isEqualTo(-0.1);
                assertThat(read.get("text").asText()).isEqualTo("héllo");
                assertThat(read.get("id").asText()).isEqualTo(ID.toString());
                assertThat(Instant.parse(read.get("at").asText())).isEqualTo(at);
                assertThat(Duration.parse(read.get("span").asText())).isEqualTo(Duration.ofMillis(-1_500));
                assertThat(read.get("colour").asText()).isEqualTo("RED");
                assertThat(read.has("none")).isFalse();
                assertThat(read.get("items").get(1).asText()).isEqualTo("app");
                assertThat(read.get("entries").get("héllo").asDouble()).isEqualTo(1.5);
            }
        }
    }

    private record Twice(All first, All second) {}

    @Test
    @DisplayName("R-M3: what is said twice takes a few bytes the second time")
    void again() throws IOException {
        All one = all(5, Instant.EPOCH.plusSeconds(1), "some text of a rule");
        byte[] once = new PackWriter().pack(one);
        byte[] twice = new PackWriter().pack(new Twice(one, one));
        assertThat(twice.length - once.length).isLessThan(once.length / 2);
        JsonNode read = PackReader.read(twice);
        assertThat(read.get("second")).isEqualTo(read.get("first")).isEqualTo(PackReader.read(once));
    }

    @Test
    @DisplayName("R-M3: bytes that are no packed value are refused, whatever they say")
    void garbage() {
        for (byte[] bytes : List.of(
                new byte[0],
                new byte[] {99},
                new byte[] {Pack.LIST, -1, -1, -1, -1, 7},
                new byte[] {Pack.TEXT_AGAIN, 127},
                new byte[] {Pack.NUMBER, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1})) {
            assertThatThrownBy(() -> PackReader.read(bytes)).isInstanceOf(IOException.class);
        }
    }
}
