/** Tests of {@link dev.homeroom.queue.assign}. */
@NullMarked
package dev.homeroom.queue.assign;

import org.jspecify.annotations.NullMarked;
