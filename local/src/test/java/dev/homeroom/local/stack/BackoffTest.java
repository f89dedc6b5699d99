package dev.homeroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Backoff backoff = new Backoff();

    @Test
    void thePauseDoublesWithEveryDeath() {
        List<Long> pauses = new ArrayList<>();
        for (int death = 0; death < 5; death++) {
            assertThat(backoff.next(death * SECOND)).isTrue();
            pauses.add(backoff.pause().toMillis());
        }
        assertThat(pauses).containsExactly(250L, 500L, 1000L, 2000L, 4000L);
    }

    @Test
    void sixDeathsInTwoMinutesAreTooMany() {
        for (int death = 0; death < 5; death++) {
            assertThat(backoff.next(death * SECOND)).isTrue();
        }
        assertThat(backoff.next(6 * SECOND)).isFalse();
    }

    @Test
    void oldDeathsAreForgiven() {
        for (int death = 0; death < 50; death++) {
            assertThat(backoff.next(death * 60L * SECOND)).isTrue();
        }
        assertThat(backoff.pause()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
