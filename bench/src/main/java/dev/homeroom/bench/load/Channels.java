package dev.homeroom.bench.load;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections for gRPC, all on one event loop, and answers are handled there: on two cores more threads would only take
 * processor time from the server. Callers take turns in using them. Thread-safe.
 */
public final class Channels implements AutoCloseable {
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** {@code each} connections to every port. */
    public Channels(List<Integer> ports, int each, List<ClientInterceptor> interceptors) {
        for (int i = 0; i < each; i++) {
            for (int port : ports) {
                channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .directExecutor()
                        .channelType(NioSocketChannel.class)
                        .eventLoopGroup(loop)
                        .intercept(interceptors)
                        .build());
            }
        }
    }

    /** The connection of a caller. */
    public ManagedChannel of(int caller) {
        return channels.get(caller % channels.size());
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
