package dev.homeroom.metrics.ws;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.homeroom.metrics.core.stream.Input;
import dev.homeroom.metrics.core.stream.Outgoing.Fault;
import dev.homeroom.metrics.core.stream.Position;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what clients send. Whatever it is, an input comes of it; what is no frame of ours says why. Thread-safe. */
final class FrameReader {
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int LONGEST_CLASSROOM = 200;
    private static final int LONGEST_EPOCH = 64;

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Subscribe.class, name = "subscribe"),
        @JsonSubTypes.Type(value = Resume.class, name = "resume"),
        @JsonSubTypes.Type(value = Received.class, name = "received")
    })
    private sealed interface Frame {}

    private record Subscribe(
            @Nullable String device, @Nullable List<@Nullable String> classrooms) implements Frame {}

    private record Resume(
            @Nullable String device,
            @Nullable String classroom,
            @Nullable String epoch,
            @Nullable Long seq) implements Frame {}

    private record Received(
            @Nullable String classroom,
            @Nullable String epoch,
            @Nullable Long seq) implements Frame {}

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(LogicalType.Integer, c -> c.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .build()
            .readerFor(Frame.class);

    private FrameReader() {}

    /** What a frame of this connection means. */
    static Input read(long connection, String text) {
        try {
            Frame frame = READER.readValue(text);
            if (frame == null) {
                return malformed(connection);
            }
            Input input = input(connection, frame);
            return input == null
                    ? new Input.Unreadable(connection, Fault.INVALID, "A field is missing, empty or too long.")
                    : input;
        } catch (JsonProcessingException e) {
            return malformed(connection);
        }
    }

    /** What anything that is no frame means. */
    static Input malformed(long connection) {
        return new Input.Unreadable(
                connection,
                Fault.MALFORMED,
                "Send a JSON object of type subscribe, resume or received, as documented.");
    }

    private static @Nullable Input input(long connection, Frame frame) {
        return switch (frame) {
            case Subscribe(var device, var classrooms) ->
                isDevice(device) && areClassrooms(classrooms)
                        ? new Input.Subscribe(connection, device, present(classrooms))
                        : null;
            case Resume(var device, var classroom, var epoch, var seq) -> {
                Position position = position(epoch, seq);
                yield isDevice(device) && isClassroom(classroom) && position != null
                        ? new Input.Resume(connection, device, classroom, position)
                        : null;
            }
            case Received(var classroom, var epoch, var seq) -> {
                Position position = position(epoch, seq);
                yield isClassroom(classroom) && position != null
                        ? new Input.Received(connection, classroom, position)
                        : null;
            }
        };
    }

    private static @Nullable Position position(@Nullable String epoch, @Nullable Long seq) {
        return epoch == null || epoch.isEmpty() || epoch.length() > LONGEST_EPOCH || seq == null || seq < 0
                ? null
                : new Position(epoch, seq);
    }

    private static boolean isDevice(@Nullable String device) {
        return device != null && DEVICE.matcher(device).matches();
    }

    private static boolean isClassroom(@Nullable String classroom) {
        return classroom != null
                && !classroom.isBlank()
                && classroom.length() <= LONGEST_CLASSROOM
                && classroom.chars().noneMatch(Character::isISOControl);
    }

    private static boolean areClassrooms(@Nullable List<@Nullable String> classrooms) {
        return classrooms != null
                && !classrooms.isEmpty()
                && classrooms.stream().allMatch(FrameReader::isClassroom);
    }

    private static List<String> present(@Nullable List<@Nullable String> classrooms) {
        return classrooms == null
                ? List.of()
                : classrooms.stream().flatMap(Stream::ofNullable).toList();
    }
}
