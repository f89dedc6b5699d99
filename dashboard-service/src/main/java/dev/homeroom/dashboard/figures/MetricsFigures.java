package dev.homeroom.dashboard.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.dashboard.Figures;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Figures of metrics-service, asked over HTTP with a time limit, behind a circuit breaker (R-O6). */
@ApplicationScoped
public class MetricsFigures implements Figures {
    private final GuardedFigures guarded;

    /** Takes the guarded client. */
    MetricsFigures(GuardedFigures guarded) {
        this.guarded = guarded;
    }

    @Override
    public Uni<JsonNode> classroom(
            String classroom, @Nullable Instant from, @Nullable Instant to, @Nullable Duration bucket) {
        return told(() -> guarded.classroom(classroom, text(from), text(to), text(bucket)));
    }

    @Override
    public Uni<JsonNode> student(String student, Set<String> classrooms) {
        // The comma parts the names on the wire: a name with one would read as two classrooms that nobody allowed.
        String allowed =
                classrooms.stream().filter(c -> !c.contains(",")).sorted().collect(Collectors.joining(","));
        return told(() -> guarded.student(student, allowed));
    }

    private static <T> Uni<T> told(Supplier<Uni<T>> question) {
        return Uni.createFrom()
                .deferred(question::get)
                .onFailure(failure -> !(failure instanceof Refused))
                .transform(failure -> new Unavailable("metrics-service does not answer", failure));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** The client behind its guards: a refusal is the caller's matter and does not open the circuit. */
    @ApplicationScoped
    static class GuardedFigures {
        private static final String NAME = "metrics-figures";

        private final FiguresClient client;

        /** Takes the client. */
        GuardedFigures(@RestClient FiguresClient client) {
            this.client = client;
        }

        @Timeout(3000)
        @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2000, skipOn = Refused.class)
        @CircuitBreakerName(NAME)
        Uni<JsonNode> classroom(String classroom, @Nullable String from, @Nullable String to, @Nullable String bucket) {
            return refusals(client.classroom(classroom, from, to, bucket));
        }

        @Timeout(3000)
        @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2000, skipOn = Refused.class)
        @CircuitBreakerName(NAME + "-student")
        Uni<JsonNode> student(String student, String classrooms) {
            return refusals(client.student(student, classrooms));
        }

        private static Uni<JsonNode> refusals(Uni<JsonNode> answer) {
            return answer.onFailure(WebApplicationException.class).transform(failure -> {
                var status = failure.getResponse().getStatus();
                return status == 400 || status == 404
                        ? new Refused(status, "metrics-service refused the question (" + status + ").")
                        : failure;
            });
        }
    }
}
