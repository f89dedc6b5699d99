package dev.homeroom.metrics.kafka;

import java.time.Duration;
import java.time.Instant;

/** Pauses that double after each failure. Not safe for several threads. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration pause = Duration.ZERO;
    private Instant until = Instant.MIN;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    Duration failed(Instant now) {
        Duration doubled = pause.isZero() ? first : pause.multipliedBy(2);
        pause = doubled.compareTo(longest) > 0 ? longest : doubled;
        until = now.plus(pause);
        return pause;
    }

    void succeeded() {
        pause = Duration.ZERO;
        until = Instant.MIN;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }
}
