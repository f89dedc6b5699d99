package dev.homeroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documents for people and tools name everything that the code knows. */
class DocumentsTest {
    @Test
    void asyncApiHasEveryTopicAndNothingElse() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode channel : asyncApi().path("channels")) {
            addresses.add(channel.path("address").asText());
            assertThat(channel.at("/bindings/kafka/partitions").asInt()).isEqualTo(Topics.PARTITIONS);
        }
        assertThat(addresses)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                        .map(EventType::topic)
                        .distinct()
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void asyncApiHasEveryTypeOnItsTopicWithItsSchema(EventType type) throws IOException {
        JsonNode document = asyncApi();
        List<String> found = new ArrayList<>();
        for (JsonNode channel : document.path("channels")) {
            for (JsonNode message : channel.path("messages")) {
                JsonNode target = document.at(message.path("$ref").asText().substring(1));
                if (target.path("name").asText().equals(type.type())) {
                    found.add(channel.path("address").asText());
                    assertThat(target.at("/payload/schema/$ref").asText())
                            .isEqualTo("schemas/" + type.type() + ".json");
                }
            }
        }
        assertThat(found).containsExactly(type.topic());
    }

    @Test
    void problemsAreListedCompletely() {
        List<String> listed = Resources.text("/problems.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> cells[1].strip().replace("`", "") + " " + cells[2].strip())
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(each -> each.urn().substring(ProblemType.PREFIX.length()) + " " + each.status())
                        .toList());
    }

    private static JsonNode asyncApi() throws IOException {
        return new YAMLMapper().readTree(Resources.text("/asyncapi.yaml"));
    }
}
