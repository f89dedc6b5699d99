package dev.homeroom.queue.http;

import dev.homeroom.queue.testing.FakeCoordinator;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.InMemoryFleet;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator that speaks gRPC, with the sessions {@code s-1} and {@code s-2} (incarnation 1, many tasks), a {@code welder},
 * and one permit of the limit {@code one-at-a-time}.
 */
public final class FakeCoordinatorResource implements QuarkusTestResourceLifecycleManager {
    private static InMemoryAuthority authority = new InMemoryAuthority();
    private static InMemoryFleet fleet = new InMemoryFleet(authority);

    private @Nullable FakeCoordinator coordinator;

    /** What grants; tests run one after the other, and leave it as they found it. */
    static InMemoryAuthority authority() {
        return authority;
    }

    /** What it tells of sessions and limits. */
    static InMemoryFleet fleet() {
        return fleet;
    }

    @Override
    public Map<String, String> start() {
        authority = new InMemoryAuthority();
        fleet = new InMemoryFleet(authority);
        authority.register("s-1", 1_000);
        authority.register("s-2", 1_000);
        authority.register("welder", 1_000, "welding");
        authority.register("failed", 1);
        authority.fail("failed");
        authority.limit("one-at-a-time", 1);
        var started = new FakeCoordinator(authority, fleet);
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
