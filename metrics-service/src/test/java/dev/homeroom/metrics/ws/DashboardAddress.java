package dev.homeroom.metrics.ws;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Finds a free port where the test can stand for dashboard-service, and makes the time limits short. */
public final class DashboardAddress implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of(
                    "homeroom.dashboard.url",
                    "http://127.0.0.1:" + free.getLocalPort(),
                    "homeroom.metrics.stream.receipt-timeout",
                    "2S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The port was only looked for.
    }
}
