package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.homeroom.contracts.usability.MetricEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Reads items of a foreign format, one tree at a time, and holds what the format's mapping makes of each against the
 * bounds of metric events and what the publisher may send.
 */
public final class TreeReader implements ItemReader {
    private static final ObjectMapper TREES = new ObjectMapper();

    /** What a format makes of an item. */
    public interface Mapping {
        /**
         * The metric event an item tells of.
         *
         * @throws RefusedException when it tells of none
         */
        MetricEvent event(JsonNode item, Publisher publisher, Instant receivedAt) throws RefusedException;
    }

    private final Mapping mapping;
    private final Publisher publisher;
    private final Instant receivedAt;

    /** For items of this publisher, received now. */
    public TreeReader(Mapping mapping, Publisher publisher, Instant receivedAt) {
        this.mapping = mapping;
        this.publisher = publisher;
        this.receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Reading read(JsonParser in) throws IOException {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            in.skipChildren();
            return new Reading.Refused(Refusal.malformed("it is not a JSON object"));
        }
        JsonNode item = TREES.readTree(in);
        try {
            return checked(mapping.event(item, publisher, receivedAt));
        } catch (RefusedException e) {
            return new Reading.Refused(e.refusal());
        }
    }

    private Reading checked(MetricEvent event) {
        String late = EventBounds.timeFault(event.occurredAt(), receivedAt);
        String fault = late != null ? late : EventBounds.fault(event);
        if (fault != null) {
            return new Reading.Refused(Refusal.invalid(fault));
        }
        Refusal refusal = publisher.refusal(null, event.classroom(), event.student());
        return refusal == null ? new Reading.Taken(event) : new Reading.Refused(refusal);
    }
}
