/** The fold's store in PostgreSQL: one transaction for everything that follows from a slice of a partition. */
@NullMarked
package dev.homeroom.metrics.postgres;

import org.jspecify.annotations.NullMarked;
