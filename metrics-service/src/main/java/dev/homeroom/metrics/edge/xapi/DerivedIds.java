package dev.homeroom.metrics.edge.xapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Ids of statements that bring none: a UUID of version 5 (RFC 9562) made from the app, the student and the statement with
 * its fields in order, so that a statement which is sent again gets the same id. Who the student is by name, and what they
 * answered, goes in no id. Statements of a request that say the same are told apart by their number. Of one request; not
 * safe for several threads.
 */
final class DerivedIds {
    /** The name space of these ids; drawn once. */
    private static final UUID NAME_SPACE = UUID.fromString("5b0c1f4e-3c55-4d0b-9a86-0f6f1d3a7c21");

    private static final ObjectMapper IN_ORDER =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final Map<UUID, Integer> alike = new HashMap<>();

    /** The id of a statement of this app about this student. */
    UUID of(String app, String student, JsonNode statement) {
        String name = app + '\0' + student + '\0' + canonical(statement);
        UUID id = uuid(name);
        int before = alike.merge(id, 1, Integer::sum) - 1;
        return before == 0 ? id : uuid(name + '\0' + before);
    }

    private static String canonical(JsonNode statement) {
        ObjectNode told = without(statement, "actor");
        JsonNode result = statement.path("result");
        if (result.isObject()) {
            told.set("result", without(result, "response"));
        }
        try {
            return IN_ORDER.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON can be written as JSON", e);
        }
    }

    private static ObjectNode without(JsonNode object, String field) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().stream()
                .filter(each -> !each.getKey().equals(field))
                .forEach(each -> copy.set(each.getKey(), each.getValue()));
        return copy;
    }

    private static UUID uuid(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAME_SPACE.getMostSignificantBits())
                    .putLong(NAME_SPACE.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(
                    (hash.getLong() & ~0xF000L) | 0x5000L, (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
