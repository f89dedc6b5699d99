/** What the queue tells of itself: why a task waits, how fresh a holder is, how long things take. Pure. */
@NullMarked
package dev.homeroom.queue.core.insight;

import org.jspecify.annotations.NullMarked;
