/** The coordinator's gRPC interface for workers and queue-service, and the link between replicas. */
@NullMarked
package dev.homeroom.coordinator.grpc;

import org.jspecify.annotations.NullMarked;
