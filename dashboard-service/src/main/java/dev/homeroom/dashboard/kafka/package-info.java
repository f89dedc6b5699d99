/** Takes episodes from Kafka into the alert book, and forgets students. */
@NullMarked
package dev.homeroom.dashboard.kafka;

import org.jspecify.annotations.NullMarked;
