package dev.homeroom.queue.core.insight;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and limits: the coordinator, seen by whoever looks on. Every answer is linearizable and comes within a bounded
 * time; a coordinator that cannot be reached fails the stage with {@link dev.homeroom.queue.core.QueueException} of
 * {@link dev.homeroom.queue.core.Rejection.Unavailable}. Safe for concurrent use.
 */
public interface Fleet {
    /**
     * Sessions, those that have ended included as long as the coordinator keeps them.
     *
     * @param after where the page begins, null for the first
     * @param limit at most so many, up to 1,000
     */
    CompletionStage<SessionPage> sessions(@Nullable String after, int limit);

    /** One session; empty when the coordinator does not know it. */
    CompletionStage<Optional<AgentSession>> session(String id);

    /** The limit of this key; one that nobody has set has the coordinator's default. */
    CompletionStage<LimitUse> limit(String key);
}
