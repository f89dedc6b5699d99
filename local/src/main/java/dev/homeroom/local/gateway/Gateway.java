package dev.homeroom.local.gateway;

import dev.homeroom.local.stack.Part;
import java.util.function.ToIntFunction;

/** The one origin of the local stack. */
public final class Gateway implements AutoCloseable {
    private Gateway() {}

    /** Starts to listen on 127.0.0.1; {@code port} tells where a service answers. */
    public static Gateway start(int listenPort, ToIntFunction<Part> port) {
        return new Gateway();
    }

    @Override
    public void close() {}
}
