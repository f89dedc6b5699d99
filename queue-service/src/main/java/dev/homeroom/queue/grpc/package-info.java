/** The coordinator over gRPC. */
@NullMarked
package dev.homeroom.queue.grpc;

import org.jspecify.annotations.NullMarked;
