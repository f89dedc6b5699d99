package dev.homeroom.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.function.Function;

/**
 * The JSON of events: instants in UTC with milliseconds, absent instead of null, unknown fields tolerated; but a field
 * that the record does not declare nullable must be there. Thread-safe.
 */
public final class EventJson {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    /** What four-digit years can say, and every database and client can hold. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(times())
            .annotationIntrospector(new RequiredComponents())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventJson() {}

    /** The mapper of event data; never reconfigure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** An instant as every interface writes it: UTC, with exactly three digits of a second. */
    public static String text(Instant instant) {
        String plain = PlainInstant.write(instant);
        return plain == null ? MILLIS.format(instant) : plain;
    }

    /** Reads an instant in ISO-8601, with any offset, of the years 1 to 9999. */
    public static Instant instant(String text) {
        Instant instant = PlainInstant.read(text);
        if (instant == null) {
            instant = Instant.parse(text);
        }
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException("Outside the years 1 to 9999");
        }
        return instant;
    }

    /** Instants and durations as ISO-8601 text, and as nothing else. */
    public static Module times() {
        return new SimpleModule("homeroom-times")
                .addSerializer(Instant.class, writer(EventJson::text))
                .addDeserializer(Instant.class, new Text<>(Instant.class, EventJson::instant))
                .addSerializer(Duration.class, writer(Duration::toString))
                .addDeserializer(Duration.class, new Text<>(Duration.class, Duration::parse));
    }

    private static <T> JsonSerializer<T> writer(Function<T, String> text) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(text.apply(value));
            }
        };
    }

    private static final class Text<T> extends JsonDeserializer<T> {
        private final Class<T> type;
        private final Function<String, T> parse;

        Text(Class<T> type, Function<String, T> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return type.cast(context.handleUnexpectedToken(type, in));
            }
            String text = in.getText();
            try {
                return parse.apply(text);
            } catch (DateTimeException e) {
                return type.cast(context.handleWeirdStringValue(type, text, "not ISO-8601"));
            }
        }
    }
}
