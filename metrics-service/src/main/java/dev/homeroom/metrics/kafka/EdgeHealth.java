package dev.homeroom.metrics.kafka;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how the edge is doing. It is always up: without the broker every request is answered 503 by itself, while the
 * figures and streams of the service go on.
 */
@Readiness
@Singleton
public class EdgeHealth implements HealthCheck {
    private final EdgeStatus status;

    /** The health of the edge. */
    @Inject
    public EdgeHealth(EdgeStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("edge").up().withData("under-way", status.underWay());
        String trouble = status.trouble();
        return trouble.isEmpty()
                ? health.build()
                : health.withData("trouble", trouble).build();
    }
}
