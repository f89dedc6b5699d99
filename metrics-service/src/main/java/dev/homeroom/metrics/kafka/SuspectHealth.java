package dev.homeroom.metrics.kafka;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether suspected elements are looked for. Always up: it waits and goes on by itself. */
@Readiness
@Singleton
public class SuspectHealth implements HealthCheck {
    private final SuspectWatch watch;

    /** The health of the watch. */
    @Inject
    public SuspectHealth(SuspectWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("suspects").up();
        String trouble = watch.trouble();
        return trouble.isEmpty()
                ? health.build()
                : health.withData("trouble", trouble).build();
    }
}
