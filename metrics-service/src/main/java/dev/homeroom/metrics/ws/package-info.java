/** The WebSocket stream of classrooms. */
@NullMarked
package dev.homeroom.metrics.ws;

import org.jspecify.annotations.NullMarked;
