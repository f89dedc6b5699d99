package dev.homeroom.metrics.core;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the time of a seat has come. It is measured by its own events, not by a clock.
 *
 * @param highWater the latest event time seen
 * @param horizon everything before it is settled; an event from before it is late
 * @param lastReceivedAt when the edge took the event of {@code highWater}, the first time; silence counts from it
 */
public record SeatTime(Instant highWater, Instant horizon, Instant lastReceivedAt) {
    static SeatTime startingWith(Observed first, Duration grace) {
        return new SeatTime(first.at(), first.at().minus(grace), first.receivedAt());
    }

    /** An event from before {@code highWater} came slowly: it says nothing of how far the time of the seat is by now. */
    SeatTime heard(Observed event) {
        int order = event.at().compareTo(highWater);
        boolean sooner = order == 0 && event.receivedAt().isBefore(lastReceivedAt);
        return order > 0 || sooner ? new SeatTime(event.at(), horizon, event.receivedAt()) : this;
    }

    SeatTime settledBefore(Instant settled) {
        return new SeatTime(highWater, later(horizon, settled), lastReceivedAt);
    }

    /** Where the time of a silent seat is at {@code now} of the clock. */
    Instant silentAt(Instant now) {
        return later(highWater, highWater.plus(Duration.between(lastReceivedAt, now)));
    }

    /** When, by the clock, the time of a silent seat reaches {@code eventTime}. */
    Instant reaches(Instant eventTime) {
        return lastReceivedAt.plus(Duration.between(highWater, eventTime));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
