/** Limits inside one process: token buckets and named semaphores. */
@NullMarked
package dev.homeroom.client.limit;

import org.jspecify.annotations.NullMarked;
