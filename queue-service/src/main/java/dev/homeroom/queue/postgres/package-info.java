/** Tasks in PostgreSQL: set-based statements, whose guards stand in {@link dev.homeroom.queue.postgres.Guards}. */
@NullMarked
package dev.homeroom.queue.postgres;

import org.jspecify.annotations.NullMarked;
