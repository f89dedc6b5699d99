package dev.homeroom.coordinator.core;

/** Where a session works; each part may be empty. */
public record Codebase(String repo, String branch, String directory) {
    /** Nothing known. */
    public static final Codebase NONE = new Codebase("", "", "");
}
