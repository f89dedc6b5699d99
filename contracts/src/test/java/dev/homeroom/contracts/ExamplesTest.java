package dev.homeroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.event.EventType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every published example must validate, decode and encode back, for ever. */
class ExamplesTest {
    @ParameterizedTest
    @EnumSource
    void thereAreTwoAtLeast(EventType type) {
        assertThat(Resources.examples(type)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void areCloudEventsThatTheSchemaAllows(EventType type) {
        JsonSchema schema = schemaOf(type);
        for (Path file : Resources.examples(type)) {
            JsonNode event = Resources.json(file);
            assertThat(event.path("specversion").asText()).as(file.toString()).isEqualTo("1.0");
            assertThat(event.path("type").asText()).as(file.toString()).isEqualTo(type.type());
            assertThat(event.path("id").asText()).isNotEmpty();
            assertThat(event.path("source").asText()).startsWith("/");
            assertThat(event.path("subject").asText()).isNotEmpty();
            assertThat(EventJson.instant(event.path("time").asText())).isNotNull();
            assertThat(schema.validate(event.path("data"))).as(file.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodeToTheRecordAndEncodeBackToTheSame(EventType type) throws IOException {
        for (Path file : Resources.examples(type)) {
            JsonNode data = Resources.json(file).path("data");
            Record decoded = EventJson.mapper().treeToValue(data, type.dataClass());
            JsonNode encoded = EventJson.mapper().readTree(EventJson.mapper().writeValueAsBytes(decoded));
            assertThat(encoded).as(file.toString()).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readersTolerateWhatTheyDoNotKnowButTheSchemaDoesNot(EventType type) throws IOException {
        ObjectNode data =
                (ObjectNode) Resources.json(Resources.examples(type).getFirst()).path("data");
        Record before = EventJson.mapper().treeToValue(data, type.dataClass());
        data.put("somethingNew", 1);
        assertThat(EventJson.mapper().treeToValue(data, type.dataClass())).isEqualTo(before);
        assertThat(schemaOf(type).validate(data)).isNotEmpty();
    }

    private static JsonSchema schemaOf(EventType type) {
        SchemaValidatorsConfig strict =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Resources.schema(type), strict);
    }
}
