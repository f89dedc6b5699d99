/** The queue under load: our engine in this process, our service over HTTP, and what else people run on PostgreSQL. */
@NullMarked
package dev.homeroom.bench.queue;

import org.jspecify.annotations.NullMarked;
