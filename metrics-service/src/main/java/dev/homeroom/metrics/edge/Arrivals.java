package dev.homeroom.metrics.edge;

import dev.homeroom.contracts.usability.MetricEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * When the events of one request were taken. All came at once; but where a student's device has a clock that runs ahead,
 * the fold goes by {@code receivedAt}, and with one for all of them, a minute of work would be a single instant, in no order.
 * So the latest of such a student's events is taken at the arrival, and the others as much earlier as they are by the device's
 * clock: order and distances stay. The stamp is made once, here, and stored with the event, so whatever folds it gets the
 * same.
 *
 * <p>An event more than {@link #REACH} older than the latest is measured on its own, against the latest of its own half hour: one
 * nonsense time, a clock that was set right, or an app that mixes time zones moves the others by no more than that.
 *
 * <p>Pure; safe for any thread.
 */
public final class Arrivals {
    /** How much earlier than its arrival an event is said to be taken, at most: less than time zones differ by. */
    static final Duration REACH = Duration.ofMinutes(29);

    private record Device(String classroom, String student) {}

    private final Duration tolerance;

    /**
     * For this tolerance.
     *
     * @param tolerance how far a clock may run ahead and still be believed; the same as the fold's
     */
    public Arrivals(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /** The events of one request of one app, in their order, with the times at which they count as taken. */
    public List<MetricEvent> of(List<MetricEvent> events) {
        if (events.stream().noneMatch(event -> isAhead(event.occurredAt(), event))) {
            return events;
        }
        List<MetricEvent> stamped = new ArrayList<>(events);
        Map<Device, Instant> latest = new HashMap<>();
        for (int place : latestFirst(events)) {
            MetricEvent event = events.get(place);
            Device device = new Device(event.classroom(), event.student());
            Instant last = latest.get(device);
            if (last == null || event.occurredAt().isBefore(last.minus(REACH))) {
                last = event.occurredAt();
                latest.put(device, last);
            }
            if (isAhead(last, event)) {
                stamped.set(place, taken(event, Duration.between(event.occurredAt(), last)));
            }
        }
        return stamped;
    }

    private boolean isAhead(Instant time, MetricEvent event) {
        return time.isAfter(event.receivedAt().plus(tolerance));
    }

    /** Places of the events with a time of their own; what came without one has the edge's, and keeps it. */
    private static List<Integer> latestFirst(List<MetricEvent> events) {
        return IntStream.range(0, events.size())
                .filter(place ->
                        !events.get(place).occurredAt().equals(events.get(place).receivedAt()))
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer place) -> events.get(place).occurredAt())
                        .reversed())
                .toList();
    }

    private static MetricEvent taken(MetricEvent event, Duration earlier) {
        return new MetricEvent(
                event.id(),
                event.classroom(),
                event.student(),
                event.app(),
                event.type(),
                event.target(),
                event.skill(),
                event.outcome(),
                event.value(),
                event.unit(),
                event.occurredAt(),
                event.receivedAt().minus(earlier),
                event.context());
    }
}
