package dev.homeroom.e2e.cluster;

import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** The gRPC interface of one replica, over a connection that comes back by itself when the replica does. */
final class Wire implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final Metadata headers = new Metadata();

    Wire(int port, String token) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        headers.put(AUTHORIZATION, "Bearer " + token);
    }

    /** Calls wait for the replica, within a minute. */
    CoordinatorBlockingStub calls() {
        return CoordinatorGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withWaitForReady()
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
