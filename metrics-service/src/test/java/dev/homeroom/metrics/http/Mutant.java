package dev.homeroom.metrics.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes JSON by chance, of a seed: whole values of it, or its bytes. */
final class Mutant {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What may stand where something else should. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "123456789012345678901234567890",
            "0.1",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(3000) + "\"",
            "\"2026-13-45T99:00:00Z\"",
            "\"P1Y\"",
            "\"urn:uuid:7\"",
            "{}",
            "[]",
            "[[[[[[7]]]]]]",
            "[null]",
            "{\"id\":{\"id\":7}}");

    private final Random random;

    Mutant(Random random) {
        this.random = random;
    }

    /** The same object with up to three of its values, at any depth, changed or gone. */
    String values(String object) {
        try {
            JsonNode root = JSON.readTree(object);
            for (int i = random.nextInt(4); i > 0; i--) {
                change(root);
            }
            return JSON.writeValueAsString(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(JsonNode root) throws IOException {
        List<JsonNode> inner = new ArrayList<>();
        collect(root, inner);
        JsonNode at = inner.get(random.nextInt(inner.size()));
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (at instanceof ArrayNode list) {
            list.add(value);
        } else if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "X", value);
                default -> object.set(name, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> collect(child, into));
        }
    }

    /** The same bytes with up to four changes. */
    byte[] bytes(byte[] original) {
        byte[] bytes = original.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = "{}[]\",:\\0eE-\n".getBytes(UTF_8)[random.nextInt(13)];
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> System.arraycopy(bytes, 0, bytes, bytes.length / 2, Math.min(at, bytes.length / 2));
            }
        }
        return bytes;
    }
}
