package dev.homeroom.queue.grpc;

import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.testing.FakeCoordinator;
import dev.homeroom.queue.testing.FleetContract;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;

/** The adapter and the messages over a real connection. */
class GrpcFleetTest extends FleetContract {
    private final FakeCoordinator coordinator = new FakeCoordinator(authority, behind);
    private final ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", coordinator.port())
            .usePlaintext()
            .build();
    private final Fleet fleet = new GrpcFleet(channel, new CallCredentials() {
        @Override
        public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
            var headers = new Metadata();
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer test");
            applier.apply(headers);
        }
    });

    @Override
    protected Fleet fleet() {
        return fleet;
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        coordinator.close();
    }
}
