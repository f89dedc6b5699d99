/** What operators and time do to tasks: retries of what has failed, and deadlines. */
@NullMarked
package dev.homeroom.queue.upkeep;

import org.jspecify.annotations.NullMarked;
