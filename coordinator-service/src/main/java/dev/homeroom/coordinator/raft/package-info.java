/** Replication by Apache Ratis: the server, the state machine around the pure core, batches, snapshots, leadership. */
@NullMarked
package dev.homeroom.coordinator.raft;

import org.jspecify.annotations.NullMarked;
