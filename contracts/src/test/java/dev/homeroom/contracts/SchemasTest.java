package dev.homeroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas and the records say the same, and the schemas bound everything. */
class SchemasTest {
    @ParameterizedTest
    @EnumSource
    void haveExactlyTheComponentsOfTheRecord(EventType type) {
        JsonNode schema = Resources.schema(type);
        assertSame(schema, schema, type.dataClass());
    }

    @ParameterizedTest
    @EnumSource
    void areClosedAndBoundedAndDescribed(EventType type) {
        JsonNode schema = Resources.schema(type);
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asText()).isEqualTo("urn:homeroom:schema:" + type.type());
        assertBounded(schema, type.type());
    }

    private static void assertSame(JsonNode root, JsonNode schema, Class<?> record) {
        List<String> all = names(record, true);
        assertThat(schema.path("properties").fieldNames()).toIterable().containsExactlyElementsOf(all);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        assertThat(required)
                .as("required of " + record.getSimpleName())
                .containsExactlyElementsOf(names(record, false));
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getType().isRecord()) {
                JsonNode property = schema.path("properties").path(component.getName());
                String pointer = property.path("$ref").asText().substring(1);
                assertSame(root, pointer.isEmpty() ? property : root.at(pointer), component.getType());
            }
        }
    }

    private static List<String> names(Class<?> record, boolean optionalToo) {
        return Arrays.stream(record.getRecordComponents())
                .filter(each -> optionalToo || !each.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getName)
                .toList();
    }

    private static void assertBounded(JsonNode node, String where) {
        switch (node.path("type").asText()) {
            case "string" ->
                assertThat(node.has("maxLength") || node.has("enum")).as(where).isTrue();
            case "integer" ->
                assertThat(node.has("minimum") && node.has("maximum")).as(where).isTrue();
            case "array" -> assertThat(node.has("maxItems")).as(where).isTrue();
            case "object" ->
                assertThat(node.path("additionalProperties").isBoolean() || node.has("maxProperties"))
                        .as(where)
                        .isTrue();
            default -> {}
        }
        if (node.has("type")) {
            assertThat(node.path("description").asText()).as(where).isNotEmpty();
        }
        node.path("properties")
                .properties()
                .forEach(each -> assertBounded(each.getValue(), where + "." + each.getKey()));
        node.path("$defs").properties().forEach(each -> assertBounded(each.getValue(), where + "#" + each.getKey()));
        if (node.has("items")) {
            assertBounded(node.path("items"), where + "[]");
        }
    }
}
