package dev.homeroom.coordinator;

/** What can be asked of the cluster's membership; executed by the leader. */
public sealed interface ClusterChange {
    /** Changes nothing: who takes part, and how they stand. */
    record View() implements ClusterChange {}

    /** Adds a member that runs already, empty and with {@code CLUSTER_BOOTSTRAP=false}. The same again is no error. */
    record Add(Member member) implements ClusterChange {}

    /** Removes a member; the leader hands its leadership over first. */
    record Remove(String id) implements ClusterChange {}

    /** Hands the leadership over; {@code to} empty: to whoever lags least. */
    record Transfer(String to) implements ClusterChange {}
}
