package dev.homeroom.queue.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.homeroom.platform.event.EventIds;
import dev.homeroom.queue.QueueSettings;
import dev.homeroom.queue.core.IdempotencyKey;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks what clients send and makes tasks of it. Safe for concurrent use. */
@ApplicationScoped
public class TaskIntake {
    private static final int LIMITS = 8;
    private static final int CAPABILITIES = 20;

    /** The same content gives the same text, in whatever order its members came. */
    private static final ObjectMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final QueueSettings settings;

    /** With the bounds of these settings. */
    public TaskIntake(QueueSettings settings) {
        this.settings = settings;
    }

    /**
     * The task that the body asks for, with a fresh id.
     *
     * @param by the subject that asks
     * @throws QueueException {@link Rejection.Invalid} or {@link Rejection.TooLarge}
     */
    NewTask task(TaskBody body, String by) {
        var type = Checks.name("type", body.type());
        var payload = json("payload", body.payload(), "{}");
        if (body.delay() != null && body.runAt() != null) {
            throw Checks.invalid("delay: give it or runAt, not both.");
        }
        if (body.deadline() != null && body.runAt() != null && !body.deadline().isAfter(body.runAt())) {
            throw Checks.invalid("deadline: must be later than runAt.");
        }
        return new NewTask(
                EventIds.fresh(),
                type,
                payload,
                key(body, type),
                Checks.range("priority", body.priority(), 5, 0, 9),
                Checks.optionalName("lesson", body.lesson()),
                Checks.duration("delay", body.delay(), Duration.ZERO, Duration.ZERO, Checks.LONGEST_DELAY),
                Checks.time("runAt", body.runAt()),
                Checks.range("maxAttempts", body.maxAttempts(), retries(type) + 1, 1, 100),
                Checks.names("limits", body.limits(), LIMITS),
                Checks.names("capabilities", body.capabilities(), CAPABILITIES),
                Checks.optionalName("resolver", body.resolver()),
                Checks.time("deadline", body.deadline()),
                by);
    }

    private int retries(String type) {
        var own = settings.types().get(type);
        return own == null ? settings.maxRetries() : own.maxRetries().orElse(settings.maxRetries());
    }

    /**
     * JSON text within the bound.
     *
     * @throws QueueException {@link Rejection.TooLarge}; {@link Rejection.Invalid} for text that cannot be kept
     */
    String json(String field, @Nullable JsonNode node, String otherwise) {
        var text = node == null ? otherwise : node.toString();
        int most = settings.payloadLimit();
        if (text.length() > most || text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new QueueException(new Rejection.TooLarge(
                    field + ": must not be larger than " + most + " bytes. Put the data elsewhere and a link here."));
        }
        if (Checks.isBroken(text)) {
            throw Checks.invalid(field + ": half of a surrogate pair is in it, which no text can hold.");
        }
        return text;
    }

    private static @Nullable IdempotencyKey key(TaskBody body, String type) {
        var key = Checks.optionalName("idempotencyKey", body.idempotencyKey());
        if (key == null) {
            return null;
        }
        try {
            var payload = body.payload() == null ? "{}" : CANONICAL.writeValueAsString(body.payload());
            return new IdempotencyKey(key, hash(key), hash(type + "\n" + payload));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an idempotency key is found by. */
    static UUID hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var bytes = ByteBuffer.wrap(digest);
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
