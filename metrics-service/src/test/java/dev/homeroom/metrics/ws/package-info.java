/** Tests of the live streams against a real broker, a real database and real sockets. */
@NullMarked
package dev.homeroom.metrics.ws;

import org.jspecify.annotations.NullMarked;
