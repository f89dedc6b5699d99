package dev.homeroom.metrics;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.core.DetailsReader;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A valid metric event, as sent and as the fold sees it.
 *
 * @param event as sent, its times cut to milliseconds
 * @param observed as the fold sees it
 */
public record TakenEvent(MetricEvent event, Observed observed) {
    /**
     * What makes two events the same event.
     *
     * @param occurredAt as sent
     */
    public record Key(String classroom, String app, UUID id, Instant occurredAt) {}

    /**
     * Takes a valid event.
     *
     * @param tolerance how far the app's clock may run ahead of the edge
     * @throws java.util.NoSuchElementException when its type is unknown
     */
    public static TakenEvent of(MetricEvent event, Duration tolerance) {
        Boolean success = event.outcome() == null ? null : event.outcome().equals("success");
        Observed observed = new Observed(
                event.id(),
                EventKind.of(event.type()).orElseThrow(),
                event.target(),
                event.skill(),
                success,
                DetailsReader.read(event.context(), event.value(), event.unit()),
                Observed.countedAt(event.occurredAt(), event.receivedAt(), tolerance),
                event.receivedAt());
        return new TakenEvent(event, observed);
    }

    /** What makes it itself. */
    public Key key() {
        return new Key(event.classroom(), event.app(), event.id(), event.occurredAt());
    }

    /** Whose it is. */
    public Student student() {
        return new Student(event.classroom(), event.student());
    }

    /** Whose it is, and in which app. */
    public Seat seat() {
        return new Seat(event.classroom(), event.student(), event.app());
    }
}
