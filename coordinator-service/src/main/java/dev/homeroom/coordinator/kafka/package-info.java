/** Publishes the changes of the replicated backlog to Kafka, in order. */
@NullMarked
package dev.homeroom.coordinator.kafka;

import org.jspecify.annotations.NullMarked;
