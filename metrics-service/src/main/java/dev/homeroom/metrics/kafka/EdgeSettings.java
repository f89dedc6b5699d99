package dev.homeroom.metrics.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the edge publishes. */
@ConfigMapping(prefix = "homeroom.metrics.edge")
public interface EdgeSettings {
    /** How long a request waits for the broker's acknowledgement; then it is answered 503. Longer than 2 s. */
    @WithDefault("5S")
    Duration ackTimeout();

    /** How long the producer waits for more events before it sends a batch. */
    @WithDefault("2")
    @Min(0)
    @Max(100)
    int lingerMillis();

    /** Events on the way to the broker; more are refused with 429. */
    @WithDefault("20000")
    @Min(1000)
    @Max(1_000_000)
    int maxInFlight();
}
