package dev.homeroom.contracts.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a session works.
 *
 * @param repo the repository, as its clone address or name
 * @param branch the branch that is checked out
 * @param directory the working directory on the session's machine
 */
public record Codebase(
        @Nullable String repo,
        @Nullable String branch,
        @Nullable String directory) {}
