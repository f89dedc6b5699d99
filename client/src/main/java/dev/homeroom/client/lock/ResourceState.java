package dev.homeroom.client.lock;

import org.jspecify.annotations.Nullable;

/** A lock or claim, held or not. */
public record ResourceState(
        String kind, String name, boolean held, @Nullable GrantState grant) {}
