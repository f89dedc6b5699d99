package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EventSink;
import dev.homeroom.metrics.edge.Arrivals;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every door of the edge goes through: who may publish, and the way to the broker. Thread-safe. */
@ApplicationScoped
public class Intake {
    /** What is under way clears within a round trip to the broker. */
    private static final int RETRY_OVERLOADED_MILLIS = 1000;
    /** A restart of a broker takes some seconds; asking earlier only costs. */
    private static final int RETRY_UNAVAILABLE_MILLIS = 2000;

    /** The formats that are taken, as figures name them. */
    enum Format {
        METRICS,
        XAPI,
        CALIPER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final EventSink sink;
    private final ClassroomScope scope;
    private final MeterRegistry meters;
    private final Arrivals arrivals;
    private final boolean enabled;

    /** Takes where events go, whose request it is, how far clocks may run ahead, and whether the edge is open. */
    @Inject
    public Intake(
            EventSink sink,
            ClassroomScope scope,
            MeterRegistry meters,
            @ConfigProperty(name = "homeroom.metrics.fold.clock-tolerance", defaultValue = "PT5S") Duration tolerance,
            @ConfigProperty(name = "homeroom.metrics.enabled", defaultValue = "true") boolean enabled) {
        this.sink = sink;
        this.scope = scope;
        this.meters = meters;
        this.arrivals = new Arrivals(tolerance);
        this.enabled = enabled;
    }

    /**
     * Whose request this is.
     *
     * @throws ProblemException {@code unavailable} where the edge is switched off, {@code forbidden} for a token that
     *     names no app
     */
    Publisher publisher() {
        if (!enabled) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Usability metrics are switched off here.");
        }
        return Publisher.of(ClassroomScope.of(scope.caller()));
    }

    /**
     * Returns once the broker holds all of these events, and counts them.
     *
     * @param refused how many events of the request are told as refused
     * @throws ProblemException {@code overloaded} or {@code unavailable}, with when to send the same request again
     */
    void publish(Format format, Publisher publisher, List<MetricEvent> taken, int refused) {
        try {
            if (!taken.isEmpty()) {
                sink.publish(publisher.source(), arrivals.of(taken));
            }
        } catch (EventSink.NotTaken e) {
            throw new ProblemException(
                    e.overloaded() ? ProblemType.OVERLOADED : ProblemType.UNAVAILABLE,
                    e.getMessage() + " Send the same events again: none is counted twice.",
                    Map.of("retryAfterMs", e.overloaded() ? RETRY_OVERLOADED_MILLIS : RETRY_UNAVAILABLE_MILLIS));
        }
        count(format, "accepted", taken.size());
        count(format, "rejected", refused);
    }

    private void count(Format format, String result, int events) {
        meters.counter("homeroom.edge.events", "format", format.word(), "result", result)
                .increment(events);
    }
}
