/** Looking on: what is next, why a task waits, statistics. */
@NullMarked
package dev.homeroom.queue.insight;

import org.jspecify.annotations.NullMarked;
