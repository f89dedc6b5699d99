package dev.homeroom.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EventSink;
import dev.homeroom.metrics.Samples;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an app is told when its events cannot be taken now. */
class IntakeTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @DisplayName("R-M1: back-pressure is a problem with Retry-After, and nothing counts as accepted")
    @CsvSource({"true, 429, 1", "false, 503, 2"})
    void notTakenNow(boolean overloaded, int status, String retryAfter) {
        Intake intake = intake("quiz", true, (_, _) -> {
            throw new EventSink.NotTaken("No.", overloaded);
        });
        var events = List.of(Samples.attempt("c1", "s1", true, Instant.EPOCH));
        assertThatThrownBy(() -> intake.publish(Intake.Format.METRICS, intake.publisher(), events, 0))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(status);
                    assertThat(e.problem().retryAfter()).isEqualTo(retryAfter);
                    assertThat(e.problem().detail()).contains("none is counted twice");
                });
        assertThat(meters.find("homeroom.edge.events").counters()).isEmpty();
    }

    @Test
    @DisplayName("R-M1: who names no app, or an app that no event may bear, publishes nothing")
    void appOfTheToken() {
        for (String app : new @Nullable String[] {null, " ", "a".repeat(201), "a\0"}) {
            assertThatThrownBy(() -> intake(app, true, (_, _) -> {}).publisher())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.FORBIDDEN.urn()));
        }
        assertThatThrownBy(() -> intake("quiz", false, (_, _) -> {}).publisher())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("switched off");
    }

    @Test
    @DisplayName("R-M3: events of a request from a device whose clock is ahead are published with their distances")
    void clockAhead() {
        List<MetricEvent> published = new ArrayList<>();
        Instant arrival = Instant.parse("2026-11-21T12:00:00Z");
        List<MetricEvent> sent = Stream.of(1, 0, 2)
                .map(second -> at(arrival, Duration.ofMinutes(1).plusSeconds(second)))
                .toList();
        Intake intake = intake("quiz", true, (_, events) -> published.addAll(events));
        intake.publish(Intake.Format.METRICS, intake.publisher(), sent, 0);
        assertThat(published)
                .extracting(
                        event -> Duration.between(event.receivedAt(), arrival).toSeconds())
                .containsExactly(1L, 2L, 0L);
    }

    private static MetricEvent at(Instant arrival, Duration ahead) {
        return new MetricEvent(
                UUID.randomUUID(),
                "c1",
                "s1",
                "quiz",
                "click",
                null,
                null,
                null,
                null,
                null,
                arrival.plus(ahead),
                arrival,
                null);
    }

    private Intake intake(@Nullable String app, boolean enabled, EventSink sink) {
        var caller = new Caller("t", Set.of("app"), Set.of("c1"), app, null);
        return new Intake(sink, ClassroomScope.of(caller), meters, Duration.ofSeconds(5), enabled);
    }
}
