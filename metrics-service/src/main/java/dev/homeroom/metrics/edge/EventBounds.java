package dev.homeroom.metrics.edge;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.core.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a metric event: the same for every format at the edge and for whoever writes to the topic. What the edge
 * accepts the fold never refuses.
 */
public final class EventBounds {
    /** Long before the first app, and still far from where calendars differ. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** How old an event may be when it is received: what is older is not kept anyway. */
    private static final Duration OLDEST = Duration.ofDays(3650);

    /** How far an app's clock may run ahead. Every week that events name is stored apart: nonsense must not make weeks. */
    private static final Duration AHEAD = Duration.ofDays(14);

    /** The edge may have set the time of receipt back a little since it looked at the event. */
    private static final Duration SLACK = Duration.ofDays(1);

    static final Set<String> TYPES =
            Arrays.stream(EventKind.values()).map(EventKind::word).collect(Collectors.toUnmodifiableSet());
    static final Set<String> OUTCOMES = Set.of("success", "failure");

    private EventBounds() {}

    /** What is wrong with the first field that is, with its name; null when nothing is. */
    public static @Nullable String fault(MetricEvent event) {
        String fault = nameFault(event);
        if (fault != null) {
            return fault;
        }
        if (!TYPES.contains(event.type())) {
            return "type: must be " + oneOf(TYPES);
        }
        if (event.outcome() != null && !OUTCOMES.contains(event.outcome())) {
            return "outcome: must be " + oneOf(OUTCOMES);
        }
        if (event.value() != null && !Double.isFinite(event.value())) {
            return "value: must be finite";
        }
        if (!isOfThisCentury(event.occurredAt())) {
            return "occurredAt: must be of this century";
        }
        String time = timeFault(event.occurredAt(), event.receivedAt().plus(SLACK));
        time = time == null ? null : timeFault(event.occurredAt(), event.receivedAt());
        if (time != null) {
            return time;
        }
        String context = event.context() == null ? null : ContextBounds.fault(event.context());
        return context == null ? null : "context: " + context;
    }

    private static @Nullable String nameFault(MetricEvent event) {
        String fault = Field.CLASSROOM.fault(event.classroom());
        fault = fault != null ? fault : Field.STUDENT.fault(event.student());
        fault = fault != null ? fault : Field.APP.fault(event.app());
        fault = fault != null ? fault : optional(Field.TARGET, event.target());
        fault = fault != null ? fault : optional(Field.SKILL, event.skill());
        return fault != null ? fault : optional(Field.UNIT, event.unit());
    }

    private static @Nullable String optional(Field field, @Nullable String text) {
        return text == null ? null : field.fault(text);
    }

    /** What is wrong with the time of an event that is received at a time; null when nothing is. */
    static @Nullable String timeFault(Instant occurredAt, Instant receivedAt) {
        boolean near = !occurredAt.isBefore(receivedAt.minus(OLDEST)) && !occurredAt.isAfter(receivedAt.plus(AHEAD));
        return near ? null : "occurredAt: must be at most 10 years before and 14 days after it is received";
    }

    /** Whether an app's clock may have shown this. */
    static boolean isOfThisCentury(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
    }

    /** The words a field may hold, for people. */
    static String oneOf(Set<String> words) {
        return "one of " + String.join(", ", words.stream().sorted().toList());
    }
}
