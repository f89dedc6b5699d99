package dev.homeroom.metrics.edge.caliper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.edge.Trees;
import org.jspecify.annotations.Nullable;

/** What all Caliper entities have: an identifier, alone or in an object, and a type. */
final class Entities {
    private Entities() {}

    /** The identifier of an entity, which may stand there by its identifier alone; Caliper 1.0 wrote {@code @id}. */
    static @Nullable String id(JsonNode entity) {
        if (entity.isTextual()) {
            return entity.textValue().isBlank() ? null : entity.textValue();
        }
        String id = Trees.text(entity, "id");
        return id != null ? id : Trees.text(entity, "@id");
    }

    /** The type of an entity, such as {@code Person}; empty where it is not told. Caliper 1.0 wrote whole IRIs. */
    static String type(JsonNode entity) {
        String type = Trees.text(entity, "type");
        type = type != null ? type : Trees.text(entity, "@type");
        return type == null ? "" : term(type);
    }

    /** A term without the vocabulary before it. */
    static String term(String term) {
        return term.substring(Math.max(term.lastIndexOf('/'), term.lastIndexOf('#')) + 1);
    }
}
