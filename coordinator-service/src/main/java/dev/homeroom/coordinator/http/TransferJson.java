package dev.homeroom.coordinator.http;

import org.jspecify.annotations.Nullable;

/**
 * Who shall lead.
 *
 * @param to the id of a member; absent: whoever lags least
 */
public record TransferJson(@Nullable String to) {}
