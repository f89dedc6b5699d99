package dev.homeroom.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginPolicyTest {
    private final OriginPolicy local = new OriginPolicy(Set.of("127.0.0.1", "localhost", "::1"), Optional.empty());

    @Test
    void servesItsHostsWithoutAnOrigin() {
        assertThat(local.refusal("127.0.0.1", null)).isNull();
        assertThat(local.refusal("LOCALHOST", null)).isNull();
        assertThat(local.refusal("[::1]", null)).isNull();
        assertThat(local.refusal("127.0.0.1.evil.example", null)).isNotNull();
        assertThat(local.refusal(null, null)).isNotNull();
    }

    @Test
    void trustsPagesOfItsHostsOnAnyPort() {
        assertThat(local.refusal("localhost", "http://127.0.0.1:8080")).isNull();
        assertThat(local.refusal("localhost", "http://[::1]:8080")).isNull();
        assertThat(local.refusal("localhost", "https://evil.example")).isNotNull();
        assertThat(local.refusal("localhost", "null")).isNotNull();
        assertThat(local.refusal("localhost", "http://localhost:80 80")).isNotNull();
    }

    @Test
    void configuredOriginsAreTheOnlyOnes() {
        OriginPolicy strict = new OriginPolicy(Set.of("*"), Optional.of(Set.of("https://homeroom.example.org")));
        assertThat(strict.refusal("anything", "https://homeroom.example.org")).isNull();
        assertThat(strict.refusal("anything", "http://homeroom.example.org")).isNotNull();
        assertThat(strict.refusal("anything", null)).isNull();
    }
}
