package dev.homeroom.queue.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(4), Duration.ofMinutes(1));

    @Test
    void doublesUpToTheLongest() {
        assertThat(policy.delay(1, 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.delay(3, 1)).isEqualTo(Duration.ofSeconds(16));
        assertThat(policy.delay(60, 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void halfOfItIsRandom() {
        assertThat(policy.delay(2, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.delay(2, 0.5)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void baseAboveTheLongestIsRefused() {
        assertThatThrownBy(() -> new RetryPolicy(Duration.ofHours(2), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
