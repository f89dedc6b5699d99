/** What a turn at a queue is, on a queue in memory. */
@NullMarked
package dev.homeroom.bench.queue;

import org.jspecify.annotations.NullMarked;
