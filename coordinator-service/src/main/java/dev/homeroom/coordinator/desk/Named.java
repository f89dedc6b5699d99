package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words of the interfaces that stand for something of the core. What stands for nothing is refused {@code INVALID}. */
public final class Named {
    /** Longest request id, in UTF-8 bytes; the subject that goes before it has as much. */
    public static final int REQUEST_ID_BYTES = 255;

    private Named() {}

    /** A kind by its word. */
    public static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("kind: one of "
                        + Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "))));
    }

    /** A status by its word; null for an empty one. */
    public static @Nullable Status status(String word) {
        if (word.isEmpty()) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> status.label().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("status: one of "
                        + Arrays.stream(Status.values()).map(Status::label).collect(Collectors.joining(", "))));
    }

    /**
     * The command as an exactly-once request outside sessions; as it is when there is no id. Ids of one caller are no ids
     * of another.
     */
    public static Command once(Caller caller, String requestId, Command command) {
        if (requestId.isEmpty()) {
            return command;
        }
        String id = caller.subject() + "/" + requestId;
        if (requestId.getBytes(StandardCharsets.UTF_8).length > REQUEST_ID_BYTES) {
            throw wrong("the request id may have " + REQUEST_ID_BYTES + " bytes");
        }
        return new Command.Once(id, command);
    }

    private static Refused wrong(String detail) {
        return new Refused(Rejection.of(Rejection.Reason.INVALID, detail));
    }
}
