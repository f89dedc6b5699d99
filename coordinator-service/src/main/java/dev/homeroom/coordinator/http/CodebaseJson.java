package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Codebase;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Where a session works; each part may be absent. */
public record CodebaseJson(
        @Nullable @Size(max = Bounds.CODEBASE_BYTES) String repo,
        @Nullable @Size(max = Bounds.CODEBASE_BYTES) String branch,
        @Nullable @Size(max = Bounds.CODEBASE_BYTES) String directory) {
    static @Nullable CodebaseJson of(Codebase codebase) {
        return codebase.equals(Codebase.NONE)
                ? null
                : new CodebaseJson(
                        Texts.orNull(codebase.repo()),
                        Texts.orNull(codebase.branch()),
                        Texts.orNull(codebase.directory()));
    }

    static Codebase toCore(@Nullable CodebaseJson json) {
        return json == null
                ? Codebase.NONE
                : new Codebase(Texts.orEmpty(json.repo), Texts.orEmpty(json.branch), Texts.orEmpty(json.directory));
    }
}
