package dev.homeroom.metrics.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeerBookTest {
    private static final Instant CUTOFF = PeerBook.cutoff(Instant.parse("2026-03-04T10:00:00Z"));

    private final List<PeerBook.Attempt> attempts = new ArrayList<>();

    @Test
    @DisplayName("R-M3: a day is compared with what was known an hour before it began")
    void cutoff() {
        assertThat(CUTOFF).isEqualTo(Instant.parse("2026-03-03T23:00:00Z"));
        attempt("s1", "ex1", true, Duration.ofMillis(1));
        attempt("s2", "ex1", true, Duration.ZERO);
        attempt("s3", "ex1", true, PeerBook.LOOKBACK);
        attempt("s4", "ex1", true, PeerBook.LOOKBACK.plusMillis(1));
        assertThat(book()).containsExactly(Map.entry("ex1", new Peers(2, 2, Duration.ZERO)));
    }

    @Test
    @DisplayName("R-M3: time on task ends with the first success; a break counts with ten minutes")
    void time() {
        attempt("s1", "ex1", false, Duration.ofHours(20));
        attempt("s1", "ex1", false, Duration.ofHours(10));
        attempt("s1", "ex1", true, Duration.ofHours(10).minusSeconds(90));
        attempt("s1", "ex1", false, Duration.ofHours(1));
        attempt("s2", "ex1", false, Duration.ofHours(1));
        assertThat(book()).containsExactly(Map.entry("ex1", new Peers(2, 1, Duration.ofSeconds(690))));
    }

    @Test
    @DisplayName("R-M3: slow is the ninth decile of those who solved it")
    void decile() {
        for (int i = 1; i <= 20; i++) {
            attempt("s" + i, "ex1", false, Duration.ofHours(5));
            attempt("s" + i, "ex1", true, Duration.ofHours(5).minusSeconds(i * 10L));
        }
        attempt("s99", "ex1", false, Duration.ofHours(5));
        assertThat(book()).containsExactly(Map.entry("ex1", new Peers(21, 20, Duration.ofMinutes(3))));
    }

    private Map<String, Peers> book() {
        return PeerBook.asOf(CUTOFF, attempts);
    }

    private void attempt(String student, String target, boolean success, Duration before) {
        Instant at = CUTOFF.minus(before);
        UUID id = new UUID(9, attempts.size());
        attempts.add(new PeerBook.Attempt(student, new Observed(id, EventKind.ATTEMPT, target, null, success, at, at)));
    }
}
