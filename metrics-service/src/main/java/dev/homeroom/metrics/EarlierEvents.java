package dev.homeroom.metrics;

import dev.homeroom.contracts.usability.MetricEvent;
import java.util.List;

/** What was stored of events before, for formats in which an id stands for one event whatever its time. Thread-safe. */
public interface EarlierEvents {
    /**
     * The stored events that have app, classroom and id in common with one of these, of the last two days; without their
     * contexts. Best effort: while the database cannot be asked, none.
     */
    List<MetricEvent> like(List<MetricEvent> events);
}
