package dev.homeroom.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NameHashTest {
    @Test
    @DisplayName("R-T5: the hash is HMAC-SHA-256 (RFC 4231, test case 2)")
    void standard() {
        assertThat(HexFormat.of().formatHex(NameHash.of("Jefe").hash("what do ya want for nothing?")))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    @DisplayName("R-T5: many threads may ask at once")
    void threads() {
        NameHash hash = NameHash.of("secret");
        List<byte[]> alone =
                IntStream.range(0, 500).mapToObj(i -> hash.hash("p-" + i)).toList();
        List<byte[]> together = IntStream.range(0, 500)
                .parallel()
                .mapToObj(i -> hash.hash("p-" + i))
                .toList();
        assertThat(together)
                .usingElementComparator((a, b) -> Arrays.compare(a, b))
                .isEqualTo(alone);
    }

    @Test
    @DisplayName("R-T5: another secret gives another hash; none is refused")
    void secrets() {
        assertThat(NameHash.of("a").hash("p")).isNotEqualTo(NameHash.of("b").hash("p"));
        assertThatThrownBy(() -> NameHash.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
