package dev.homeroom.metrics.kafka;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether the streams hear news. Always up: without the broker they wait, and clients keep what they have. */
@Readiness
@Singleton
public class StreamHealth implements HealthCheck {
    private final LiveTopics topics;

    /** The health of the live topics' reader. */
    @Inject
    public StreamHealth(LiveTopics topics) {
        this.topics = topics;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("streams").up();
        String trouble = topics.trouble();
        return trouble.isEmpty()
                ? health.build()
                : health.withData("trouble", trouble).build();
    }
}
