package dev.homeroom.metrics;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.core.DetailsReader;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Peers;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A valid metric event, as sent and as the fold sees it.
 *
 * @param event as sent, its times cut to milliseconds
 * @param observed as the fold sees it
 */
public record TakenEvent(MetricEvent event, Observed observed) {
    private static final String SCORE = "score";

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
                score(event),
                null,
                DetailsReader.read(event.context(), event.value(), event.unit()),
                Observed.countedAt(event.occurredAt(), event.receivedAt(), tolerance),
                event.receivedAt());
        return new TakenEvent(event, observed);
    }

    /** A value of unit {@value #SCORE} is the part of the full credit; below 0, as xAPI allows, it is none. */
    private static @Nullable Double score(MetricEvent event) {
        Double value = event.value();
        return value == null || !SCORE.equals(event.unit()) || value > 1 ? null : (Double) Math.max(0, value);
    }

    /** The same event, with what is known of the class. */
    public TakenEvent beside(Peers known) {
        return new TakenEvent(event, observed.beside(known));
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
