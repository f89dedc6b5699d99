package dev.homeroom.client.lock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of every request about grants; what does not apply is null and left out. */
record GrantBody(
        String session,
        long incarnation,
        @Nullable List<String> names,
        @Nullable Long token,
        @Nullable Duration ttl,
        @Nullable Strategy strategy,
        @JsonProperty("wait") @Nullable Duration waitAtMost,
        @Nullable String holder,
        @Nullable Map<String, String> metadata,
        @Nullable String reason,
        long seq,
        long unanswered) {
    /**
     * Each try of a RETRY without a wait is a FAIL_FAST of its own: the pauses are here, not at the coordinator.
     *
     * @param wait what is left of the options' wait
     */
    static GrantBody acquire(Owner owner, @Nullable List<String> names, AcquireOptions options, Duration wait) {
        boolean waits = wait.toMillis() > 0;
        boolean retry = options.strategy() == Strategy.RETRY;
        return new GrantBody(
                owner.session(),
                owner.incarnation(),
                names,
                null,
                options.ttl(),
                retry && !waits ? Strategy.FAIL_FAST : options.strategy(),
                waits ? Duration.ofMillis(wait.toMillis()) : null,
                owner.holder(),
                options.metadata().isEmpty() ? null : options.metadata(),
                options.reason(),
                owner.seq(),
                owner.unanswered());
    }

    static GrantBody held(Owner owner, long token, @Nullable Duration ttl) {
        return new GrantBody(
                owner.session(),
                owner.incarnation(),
                null,
                token,
                ttl,
                null,
                null,
                null,
                null,
                null,
                owner.seq(),
                owner.unanswered());
    }

    /** Who asks, and under which number. */
    record Owner(String session, long incarnation, @Nullable String holder, long seq, long unanswered) {}
}
