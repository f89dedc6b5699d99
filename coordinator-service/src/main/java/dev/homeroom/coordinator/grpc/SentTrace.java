package dev.homeroom.coordinator.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * Whether a call's message was given to a connection. If not, the other side cannot have executed it; if it was, nobody
 * can say. Thread-safe.
 */
final class SentTrace extends ClientStreamTracer.Factory {
    /** Where the interceptor finds the trace of a call. */
    static final CallOptions.Key<SentTrace> KEY = CallOptions.Key.create("homeroom-sent");
    /** Puts the trace of a call on its way. */
    static final ClientInterceptor INTERCEPTOR = new ClientInterceptor() {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            SentTrace trace = options.getOption(KEY);
            return next.newCall(method, trace == null ? options : options.withStreamTracerFactory(trace));
        }
    };

    private volatile boolean sent;

    /** Whether it may have arrived. */
    boolean sent() {
        return sent;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void outboundMessage(int number) {
                sent = true;
            }
        };
    }
}
