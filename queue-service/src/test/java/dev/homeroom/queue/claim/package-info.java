/** Tests of {@link dev.homeroom.queue.claim}. */
@NullMarked
package dev.homeroom.queue.claim;

import org.jspecify.annotations.NullMarked;
