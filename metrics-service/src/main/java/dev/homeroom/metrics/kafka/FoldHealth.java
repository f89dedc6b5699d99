package dev.homeroom.metrics.kafka;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how the fold is doing. It is always up: without the broker or the database the fold waits and goes on by itself,
 * while the rest of the service does what it can.
 */
@Readiness
@Singleton
public class FoldHealth implements HealthCheck {
    private final FoldStatus status;

    /** The health of the fold. */
    @Inject
    public FoldHealth(FoldStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("fold").up();
        if (!status.trouble().isEmpty()) {
            health.withData("trouble", status.trouble());
        }
        status.partitions().forEach((partition, at) -> {
            String told = at.trouble().isEmpty()
                    ? "at %d, %d waiting".formatted(at.next(), at.lag())
                    : "stopped at %d, %d waiting: %s".formatted(at.next(), at.lag(), at.trouble());
            health.withData("partition-" + partition, told);
        });
        if (!status.gaps().isEmpty()) {
            health.withData("lost-input", String.join("; ", status.gaps()));
        }
        return health.build();
    }
}
