package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.usability.MetricEvent;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one metric event from a stream of tokens, and says what is wrong with the first field that is. The shape is
 * closed: unknown and repeated fields are refused. However bad the event, it is read to its end, so that the next one can
 * be. One instance reads the events of one request, one after the other.
 */
public final class EventReader implements ItemReader {
    /** Gives what a text says, or null when it says nothing of the kind. */
    private interface Parse<T> {
        @Nullable
        T of(String text);
    }

    private final Publisher publisher;
    private final Instant receivedAt;
    private final Set<Field> seen = EnumSet.noneOf(Field.class);
    private final Map<Field, String> texts = new EnumMap<>(Field.class);
    private @Nullable Double value;
    private @Nullable Map<String, Object> context;
    private @Nullable Refusal refusal;

    /** For events of this publisher, received now. */
    public EventReader(Publisher publisher, Instant receivedAt) {
        this.publisher = publisher;
        this.receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Reading read(JsonParser in) throws IOException {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            in.skipChildren();
            return new Reading.Refused(Refusal.malformed("an event is a JSON object"));
        }
        seen.clear();
        texts.clear();
        value = null;
        context = null;
        refusal = null;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            field(in, name);
        }
        return finished();
    }

    private void field(JsonParser in, String name) throws IOException {
        Field field = Field.of(name);
        if (field == null) {
            refuse(Refusal.malformed("there is no field '" + Text.cut(name) + "'"));
        } else if (!seen.add(field)) {
            refuse(Refusal.malformed(name + ": given twice"));
        } else if (refusal == null && !in.hasToken(JsonToken.VALUE_NULL)) {
            switch (field) {
                case VALUE -> number(in);
                case CONTEXT -> context(in);
                default -> text(in, field);
            }
        }
        in.skipChildren();
    }

    private void text(JsonParser in, Field field) throws IOException {
        if (!in.hasToken(JsonToken.VALUE_STRING)) {
            refuse(Refusal.malformed(field.label() + ": must be a string"));
            return;
        }
        String text = in.getText();
        String fault = field.fault(text);
        if (fault != null) {
            refuse(Refusal.invalid(fault));
        }
        texts.put(field, text);
    }

    private void number(JsonParser in) throws IOException {
        if (!in.currentToken().isNumeric()) {
            refuse(Refusal.malformed("value: must be a number"));
            return;
        }
        double number = in.getDoubleValue();
        if (!Double.isFinite(number)) {
            refuse(Refusal.invalid("value: must be finite"));
        }
        value = number;
    }

    private void context(JsonParser in) throws IOException {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            refuse(Refusal.malformed("context: must be an object"));
            return;
        }
        int depth = in.getParsingContext().getNestingDepth();
        try {
            context = ContextReader.read(in);
        } catch (ContextReader.Unfit e) {
            refuse(Refusal.invalid("context: " + e.getMessage()));
            while (in.getParsingContext().getNestingDepth() >= depth) {
                in.nextToken();
            }
        }
    }

    private Reading finished() {
        UUID id = required(Field.ID, Text::uuid, "a UUID");
        String classroom = required(Field.CLASSROOM, text -> text, "");
        String student = required(Field.STUDENT, text -> text, "");
        String type = required(Field.TYPE, oneOf(EventBounds.TYPES), EventBounds.oneOf(EventBounds.TYPES));
        Instant occurredAt = required(Field.OCCURRED_AT, EventReader::instant, "an ISO-8601 instant of this century");
        String late = occurredAt == null ? null : EventBounds.timeFault(occurredAt, receivedAt);
        if (late != null) {
            refuse(Refusal.invalid(late));
        }
        String outcome = texts.containsKey(Field.OUTCOME)
                ? required(Field.OUTCOME, oneOf(EventBounds.OUTCOMES), EventBounds.oneOf(EventBounds.OUTCOMES))
                : null;
        if (refusal == null && classroom != null && student != null) {
            refusal = publisher.refusal(texts.get(Field.APP), classroom, student);
        }
        if (refusal != null
                || id == null
                || classroom == null
                || student == null
                || type == null
                || occurredAt == null) {
            return new Reading.Refused(refusal == null ? Refusal.invalid("a field is missing") : refusal);
        }
        return new Reading.Taken(new MetricEvent(
                id,
                classroom,
                student,
                publisher.app(),
                type,
                texts.get(Field.TARGET),
                texts.get(Field.SKILL),
                outcome,
                value,
                texts.get(Field.UNIT),
                occurredAt,
                receivedAt,
                context));
    }

    private <T> @Nullable T required(Field field, Parse<T> parse, String expected) {
        String text = texts.get(field);
        if (refusal != null) {
            return null;
        }
        if (text == null) {
            refuse(Refusal.invalid(field.label() + ": is missing"));
            return null;
        }
        T parsed = parse.of(text);
        if (parsed == null) {
            refuse(Refusal.invalid(field.label() + ": must be " + expected));
        }
        return parsed;
    }

    private void refuse(Refusal reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    private static Parse<String> oneOf(Set<String> words) {
        return text -> words.contains(text) ? text : null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            Instant instant = EventJson.instant(text).truncatedTo(ChronoUnit.MILLIS);
            return EventBounds.isOfThisCentury(instant) ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
