/** Pushing a task to a session: the coordinator chooses, the row takes the token. */
@NullMarked
package dev.homeroom.queue.assign;

import org.jspecify.annotations.NullMarked;
