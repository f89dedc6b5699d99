/** Tests of several replicas on one Kafka. */
@NullMarked
package dev.homeroom.queue.kafka;

import org.jspecify.annotations.NullMarked;
