package dev.homeroom.client.lock;

import org.jspecify.annotations.Nullable;

/**
 * A limit as the coordinator knows it at the time of the answer.
 *
 * @param permits how many may be held at once; null when the server does not say
 * @param available how many are left; null when the server does not say
 */
public record LimitState(
        String name, @Nullable Integer permits, @Nullable Integer available) {}
