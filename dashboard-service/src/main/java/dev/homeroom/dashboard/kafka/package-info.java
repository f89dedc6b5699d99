/** Takes episodes from Kafka into the alert book. */
@NullMarked
package dev.homeroom.dashboard.kafka;

import org.jspecify.annotations.NullMarked;
