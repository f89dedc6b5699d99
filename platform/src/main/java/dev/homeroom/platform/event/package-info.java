/** Events on Kafka: encoding, dead letters, topics, ids. */
@NullMarked
package dev.homeroom.platform.event;

import org.jspecify.annotations.NullMarked;
