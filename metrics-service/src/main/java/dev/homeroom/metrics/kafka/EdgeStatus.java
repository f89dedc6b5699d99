package dev.homeroom.metrics.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** How the edge gets its events to the broker: for health, metrics and log. Safe to use from several threads. */
@Singleton
public class EdgeStatus {
    private static final Logger LOG = Logger.getLogger(EdgeStatus.class);

    private final AtomicInteger underWay = new AtomicInteger();
    private final Timer acknowledged;
    private final Counter overloaded;
    private final Counter unconfirmed;
    private volatile String trouble = "";

    /** Counts in {@code meters}. */
    @Inject
    public EdgeStatus(MeterRegistry meters) {
        meters.gauge("homeroom.edge.events.under.way", underWay);
        this.acknowledged = Timer.builder("homeroom.edge.acknowledgement")
                .description("From a request's events to the broker's acknowledgement of all of them")
                .publishPercentileHistogram()
                .register(meters);
        this.overloaded = meters.counter("homeroom.edge.refused", "reason", "overloaded");
        this.unconfirmed = meters.counter("homeroom.edge.refused", "reason", "unavailable");
    }

    /** So many events are on their way to the broker, counting this change. */
    void underWay(int change) {
        underWay.addAndGet(change);
    }

    /** The broker holds every event of a request, which took so long. */
    void confirmed(Duration took) {
        acknowledged.record(took);
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.info("The broker confirms metric events again");
        }
    }

    /** Too much was under way already. */
    void overloaded() {
        overloaded.increment();
    }

    /** Events of a request may be missing at the broker, for this reason. */
    void unconfirmed(String reason) {
        unconfirmed.increment();
        if (trouble.isEmpty()) {
            LOG.warnf("Metric events are not taken: %s", reason);
        }
        trouble = reason;
    }

    /** Events on their way to the broker. */
    public int underWay() {
        return underWay.get();
    }

    /** Why the last request was not taken; empty when it was. */
    public String trouble() {
        return trouble;
    }
}
