/** Ends of attempts: decided by the row, told to the coordinator afterwards. */
@NullMarked
package dev.homeroom.queue.finish;

import org.jspecify.annotations.NullMarked;
