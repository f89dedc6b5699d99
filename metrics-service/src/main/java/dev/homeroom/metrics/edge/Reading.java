package dev.homeroom.metrics.edge;

import dev.homeroom.contracts.usability.MetricEvent;

/** What became of one event of a request. */
public sealed interface Reading {
    /** It goes to the broker. */
    record Taken(MetricEvent event) implements Reading {}

    /** It does not. */
    record Refused(Refusal why) implements Reading {}
}
