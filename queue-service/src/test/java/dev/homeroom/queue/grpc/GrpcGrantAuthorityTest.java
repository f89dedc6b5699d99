package dev.homeroom.queue.grpc;

import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.testing.FakeCoordinator;
import dev.homeroom.queue.testing.GrantAuthorityContract;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;

/** The adapter and the messages over a real connection, on the semantics of the authority in memory. */
class GrpcGrantAuthorityTest extends GrantAuthorityContract {
    private final FakeCoordinator coordinator = new FakeCoordinator(behind);
    private final ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", coordinator.port())
            .usePlaintext()
            .build();
    private final GrantAuthority authority = new GrpcGrantAuthority(channel, new CallCredentials() {
        @Override
        public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
            var headers = new Metadata();
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer test");
            applier.apply(headers);
        }
    });

    @Override
    protected GrantAuthority authority() {
        return authority;
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        coordinator.close();
    }
}
