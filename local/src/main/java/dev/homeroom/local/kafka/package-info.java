/** A real single-node Kafka broker in its own JVM. */
@NullMarked
package dev.homeroom.local.kafka;

import org.jspecify.annotations.NullMarked;
