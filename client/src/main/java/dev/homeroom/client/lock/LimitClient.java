package dev.homeroom.client.lock;

import dev.homeroom.client.Checks;
import dev.homeroom.client.Connection;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.Repeat;
import dev.homeroom.client.Request;
import dev.homeroom.client.session.HeartbeatManager;
import dev.homeroom.client.time.Backoff;
import dev.homeroom.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Permits of keyed limits that the whole fleet shares (requirement R-L5); {@code dev.homeroom.client.limit} has those of one
 * process. Each acquire takes one permit, unless the options name a holder, who gets its present one again. Behaves as
 * {@link GrantClient} otherwise. Thread-safe.
 */
public final class LimitClient {
    private final Connection connection;
    private final Grants grants;

    /** The permits of a session. */
    public LimitClient(Connection connection, HeartbeatManager session) {
        this.connection = connection;
        this.grants = new Grants(connection, session, Backoff.NO_ANSWER);
    }

    /** Takes a permit. */
    public Held acquire(String key, AcquireOptions options) throws InterruptedException {
        Checks.name("key", key);
        return grants.acquire(new Grants.Target(Kind.LIMIT, Kind.LIMIT.path(key, "acquire"), null), options)
                .getFirst();
    }

    /** Takes a permit if one comes free in time; zero does not wait. */
    public Optional<Held> tryAcquire(String key, Duration wait) throws InterruptedException {
        try {
            return Optional.of(
                    acquire(key, wait.isPositive() ? AcquireOptions.waiting(wait) : AcquireOptions.failFast()));
        } catch (ProblemException e) {
            if (e.is(ProblemType.HELD)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sets how many permits a key has, from 0; those in use stay in use. */
    public void set(String key, int permits) throws InterruptedException {
        Checks.name("key", key);
        Checks.range("permits", permits, 0, Integer.MAX_VALUE);
        Request request = new Request("PUT", Kind.LIMIT.path(key), Map.of("permits", permits), connection.timeout());
        new Repeat(connection.time(), Backoff.NO_ANSWER).until(() -> connection.send(request));
    }

    /** How many permits a key has, and what became of them. */
    public LimitState get(String key) throws InterruptedException {
        return connection.get(Kind.LIMIT.path(key)).as(LimitState.class);
    }
}
