package dev.homeroom.queue.http;

import dev.homeroom.queue.testing.FakeCoordinator;
import dev.homeroom.queue.testing.InMemoryAuthority;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator that speaks gRPC, with the sessions {@code s-1} and {@code s-2} (incarnation 1, many tasks), a {@code welder},
 * and one permit of the limit {@code one-at-a-time}.
 */
public final class FakeCoordinatorResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable FakeCoordinator coordinator;

    @Override
    public Map<String, String> start() {
        var authority = new InMemoryAuthority();
        authority.register("s-1", 1_000);
        authority.register("s-2", 1_000);
        authority.register("welder", 1_000, "welding");
        authority.register("failed", 1);
        authority.fail("failed");
        authority.limit("one-at-a-time", 1);
        var started = new FakeCoordinator(authority);
        coordinator = started;
        return Map.of("homeroom.queue.coordinator-url", "http://127.0.0.1:" + started.port());
    }

    @Override
    public void stop() {
        if (coordinator != null) {
            coordinator.close();
        }
    }
}
