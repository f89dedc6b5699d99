package dev.homeroom.client.lock;

import dev.homeroom.client.Checks;
import dev.homeroom.client.time.Backoff;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to acquire. Start from one of the factories and change what is needed.
 *
 * @param ttl how long it is held unless renewed, 1 s to 24 h; null: the coordinator's default, 10 min
 * @param waitAtMost how long to queue at the coordinator, up to 10 min; zero: not at all. Not with {@link Strategy#FAIL_FAST}
 * @param backoff the pauses of {@link Strategy#RETRY} without a wait
 * @param holder whoever holds it inside the session. The same holder gets its present grant again; null: a new holder each
 *     time, so that two threads of a session exclude each other
 * @param metadata shown to whoever asks who holds it; at most 16 entries
 * @param reason of {@link Strategy#FORCE_ACQUIRE}, and needed there; the audit trail keeps it
 */
public record AcquireOptions(
        @Nullable Duration ttl,
        Strategy strategy,
        Duration waitAtMost,
        Backoff backoff,
        @Nullable String holder,
        Map<String, String> metadata,
        @Nullable String reason) {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** Checks the bounds and copies the map. */
    public AcquireOptions {
        if (ttl != null) {
            Checks.range("ttl", ttl, Duration.ofSeconds(1), Duration.ofHours(24));
        }
        Checks.range("wait", waitAtMost, Duration.ZERO, LONGEST_WAIT);
        if (strategy == Strategy.FAIL_FAST && waitAtMost.isPositive()) {
            throw new IllegalArgumentException("FAIL_FAST does not wait; use RETRY to wait " + waitAtMost + ".");
        }
        if (strategy == Strategy.FORCE_ACQUIRE) {
            Checks.name("reason", reason == null ? "" : reason);
        }
        if (holder != null) {
            Checks.name("holder", holder);
        }
        Checks.range("number of metadata entries", metadata.size(), 0, 16);
        metadata = Map.copyOf(metadata);
    }

    /** Refused at once when it is held. */
    public static AcquireOptions failFast() {
        return of(Strategy.FAIL_FAST, Duration.ZERO, Backoff.CONFLICT);
    }

    /** Tried again after these pauses while it is held. */
    public static AcquireOptions retrying(Backoff backoff) {
        return of(Strategy.RETRY, Duration.ZERO, backoff);
    }

    /** Queued at the coordinator for so long, first come first served. */
    public static AcquireOptions waiting(Duration wait) {
        return of(Strategy.RETRY, wait, Backoff.CONFLICT);
    }

    /** Taken from a stale holder. */
    public static AcquireOptions stealingStale() {
        return of(Strategy.STEAL_STALE, Duration.ZERO, Backoff.CONFLICT);
    }

    /** Taken from any holder, for this reason. */
    public static AcquireOptions forced(String reason) {
        return new AcquireOptions(
                null, Strategy.FORCE_ACQUIRE, Duration.ZERO, Backoff.CONFLICT, null, Map.of(), reason);
    }

    private static AcquireOptions of(Strategy strategy, Duration wait, Backoff backoff) {
        return new AcquireOptions(null, strategy, wait, backoff, null, Map.of(), null);
    }

    /** The same with this time to live. */
    public AcquireOptions withTtl(Duration newTtl) {
        return new AcquireOptions(newTtl, strategy, waitAtMost, backoff, holder, metadata, reason);
    }

    /** The same for this holder. */
    public AcquireOptions withHolder(String newHolder) {
        return new AcquireOptions(ttl, strategy, waitAtMost, backoff, newHolder, metadata, reason);
    }

    /** The same with this metadata. */
    public AcquireOptions withMetadata(Map<String, String> newMetadata) {
        return new AcquireOptions(ttl, strategy, waitAtMost, backoff, holder, newMetadata, reason);
    }

    boolean retriesHere() {
        return strategy == Strategy.RETRY && waitAtMost.isZero();
    }
}
