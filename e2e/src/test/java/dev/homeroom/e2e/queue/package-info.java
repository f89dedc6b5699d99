/**
 * Two real replicas of queue-service with everything they need, agents that work tasks off by random programs, faults,
 * and a proof afterwards from what the database and Kafka hold.
 */
@NullMarked
package dev.homeroom.e2e.queue;

import org.jspecify.annotations.NullMarked;
