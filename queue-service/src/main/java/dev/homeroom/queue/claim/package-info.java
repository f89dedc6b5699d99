/** Claims: candidates from the rows, grants from the coordinator, and the tokens back into the rows. */
@NullMarked
package dev.homeroom.queue.claim;

import org.jspecify.annotations.NullMarked;
