package dev.homeroom.client.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session is wanted for (requirement R-S6).
 *
 * @param lesson of the work; null: any
 * @param capabilities that it must have
 * @param host machine on which it was worked on before; null: none
 * @param repo repository in which it was worked on before; null: none
 * @param at for when; null: now
 */
public record Wanted(
        @Nullable String lesson,
        List<String> capabilities,
        @Nullable String host,
        @Nullable String repo,
        @Nullable Instant at) {
    /** Copies the list. */
    public Wanted {
        capabilities = List.copyOf(capabilities);
    }
}
