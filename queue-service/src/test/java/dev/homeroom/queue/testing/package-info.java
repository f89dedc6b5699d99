/** What the queue's tests share: a database, an authority in memory, a coordinator that speaks gRPC. */
@NullMarked
package dev.homeroom.queue.testing;

import org.jspecify.annotations.NullMarked;
