/** Gathers concurrent single requests into sets, without a timer. */
@NullMarked
package dev.homeroom.queue.coalesce;

import org.jspecify.annotations.NullMarked;
