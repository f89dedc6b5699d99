package dev.homeroom.coordinator.grpc;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Shows the token, read anew for each call. */
final class BearerToken extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Supplier<String> bearer;

    BearerToken(Supplier<String> bearer) {
        this.bearer = bearer;
    }

    @Override
    public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
        executor.execute(() -> {
            try {
                Metadata metadata = new Metadata();
                metadata.put(AUTHORIZATION, bearer.get());
                applier.apply(metadata);
            } catch (IllegalStateException e) {
                applier.fail(Status.UNAUTHENTICATED.withDescription(e.getMessage()));
            }
        });
    }
}
