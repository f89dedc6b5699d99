package dev.homeroom.client;

import org.jspecify.annotations.Nullable;

/** Where a session works; each part may be unknown. */
public record Codebase(
        @Nullable String repo,
        @Nullable String branch,
        @Nullable String directory) {}
