package dev.homeroom.queue.grpc;

import dev.homeroom.platform.security.ServiceToken;
import dev.homeroom.queue.QueueSettings;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.insight.Fleet;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Connects to the coordinator: HTTP/2 on the port of its HTTP, plaintext or TLS as its address says. */
@ApplicationScoped
public class CoordinatorChannel {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** Answers hold at most 1,000 grants of a few hundred bytes. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** Notices a silent connection, such as one through a partitioned network, before a call's deadline has to. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    @Produces
    @ApplicationScoped
    ManagedChannel channel(QueueSettings settings, MeterRegistry registry) {
        var address = URI.create(settings.coordinatorUrl());
        boolean secure = "https".equals(address.getScheme());
        int port = address.getPort() > 0 ? address.getPort() : secure ? 443 : 80;
        var builder = ManagedChannelBuilder.forAddress(address.getHost(), port)
                .maxInboundMessageSize(MOST_BYTES)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                // Calls by method, outcome and duration: grpc.client.*; rounds of claims are those of ClaimTasks.
                .intercept(new MetricCollectingClientInterceptor(registry))
                .directExecutor();
        return (secure ? builder.useTransportSecurity() : builder.usePlaintext()).build();
    }

    void close(@Disposes ManagedChannel channel) {
        channel.shutdownNow();
    }

    @Produces
    @ApplicationScoped
    GrantAuthority authority(ManagedChannel channel, ServiceToken token) {
        return new GrpcGrantAuthority(channel, credentials(token));
    }

    @Produces
    @ApplicationScoped
    Fleet fleet(ManagedChannel channel, ServiceToken token) {
        return new GrpcFleet(channel, credentials(token));
    }

    private static CallCredentials credentials(ServiceToken token) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
                try {
                    var headers = new Metadata();
                    headers.put(AUTHORIZATION, token.bearer());
                    applier.apply(headers);
                } catch (IllegalStateException e) {
                    applier.fail(Status.UNAUTHENTICATED.withCause(e));
                }
            }
        };
    }
}
