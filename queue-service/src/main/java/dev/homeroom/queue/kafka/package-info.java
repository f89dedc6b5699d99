/** The coordinator's events coming in, and the tasks' transitions going out. */
@NullMarked
package dev.homeroom.queue.kafka;

import org.jspecify.annotations.NullMarked;
