package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Kind;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was given back. */
public record ReleasedJson(
        String kind,
        String name,
        boolean released,

        @Schema(description = "Of a limit: permits left.") @Nullable
        Integer available) {
    static ReleasedJson of(Kind kind, String name, Answer.Released answer) {
        return new ReleasedJson(kind.label(), name, true, kind == Kind.LIMIT ? (Integer) answer.available() : null);
    }
}
