package dev.homeroom.coordinator;

import java.util.concurrent.CompletionStage;

/** Who takes part in the cluster, seen from any replica. Thread-safe. */
@FunctionalInterface
public interface Cluster {
    /** The longest that a change waits, in milliseconds: a new member is sent the whole state first. */
    long TIME_LIMIT_MS = 30_000;

    /**
     * Lets the leader execute it.
     *
     * @return the cluster after the change; fails with {@link ClusterRefused} or {@link Unanswered}
     */
    CompletionStage<ClusterView> ask(ClusterChange change);
}
