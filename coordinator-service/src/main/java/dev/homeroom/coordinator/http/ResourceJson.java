package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import org.jspecify.annotations.Nullable;

/** A lock or a claim, held or not. */
public record ResourceJson(
        String kind, String name, boolean held, @Nullable GrantJson grant) {
    static ResourceJson of(Answer.OneResource resource) {
        GrantJson grant = resource.grants().isEmpty()
                ? null
                : GrantJson.of(resource.grants().getFirst());
        return new ResourceJson(resource.kind().label(), resource.name(), grant != null, grant);
    }
}
