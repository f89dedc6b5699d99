package dev.homeroom.client;

import dev.homeroom.client.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the coordinator is and how long to wait for it.
 *
 * @param origin {@code http} or {@code https}, of the coordinator or the gateway; a path is put before every request's own
 * @param token the bearer token, asked for with every request, so that it can be renewed; from any thread
 * @param connectTimeout for making a connection; 10 ms to 1 min
 * @param requestTimeout from sending a request to having read its answer, connecting included; 10 ms to 5 min. A request
 *     that waits at the server has so much on top of its wait
 * @param time the clock by which deadlines are counted; timeouts of the network are real time always
 */
public record ConnectionSettings(
        URI origin, Supplier<String> token, Duration connectTimeout, Duration requestTimeout, Time time) {
    private static final Duration LEAST = Duration.ofMillis(10);

    /** Checks the bounds. */
    public ConnectionSettings {
        String scheme = origin.getScheme();
        boolean known = "http".equals(scheme) || "https".equals(scheme);
        if (!known || origin.getHost() == null || origin.getRawQuery() != null || origin.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The origin must be like http://127.0.0.1:8080 or https://host/path, not " + origin + ".");
        }
        Checks.range("connectTimeout", connectTimeout, LEAST, Duration.ofMinutes(1));
        Checks.range("requestTimeout", requestTimeout, LEAST, Duration.ofMinutes(5));
    }

    /** With a token that stays the same, 2 s to connect and 5 s for a request, in real time. */
    public static ConnectionSettings of(URI origin, String token) {
        return new ConnectionSettings(origin, () -> token, Duration.ofSeconds(2), Duration.ofSeconds(5), Time.system());
    }

    /** The same with another bound for requests. */
    public ConnectionSettings withRequestTimeout(Duration timeout) {
        return new ConnectionSettings(origin, token, connectTimeout, timeout, time);
    }

    /** The same with another clock. */
    public ConnectionSettings withTime(Time other) {
        return new ConnectionSettings(origin, token, connectTimeout, requestTimeout, other);
    }
}
