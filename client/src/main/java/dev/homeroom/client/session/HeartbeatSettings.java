package dev.homeroom.client.session;

import dev.homeroom.client.Checks;
import java.time.Duration;

/**
 * How a session is kept alive.
 *
 * @param failures after so many in a row it gives up; 1 to 100, 3 by requirement R-S2
 * @param timeout for one heartbeat; 10 ms to 1 min. It is also bounded by the interval and by what is left of the lease
 * @param jitter by which share of the interval a heartbeat may come earlier, never later, so that the sessions of a fleet
 *     that started together spread; 0 to 0.5
 */
public record HeartbeatSettings(int failures, Duration timeout, double jitter) {
    /** 3 failures, 5 s, a tenth. */
    public static final HeartbeatSettings DEFAULT = new HeartbeatSettings(3, Duration.ofSeconds(5), 0.1);

    /** Checks the bounds. */
    public HeartbeatSettings {
        Checks.range("failures", failures, 1, 100);
        Checks.range("timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        if (!(jitter >= 0 && jitter <= 0.5)) {
            throw new IllegalArgumentException("jitter must be from 0 to 0.5, not " + jitter + ".");
        }
    }
}
